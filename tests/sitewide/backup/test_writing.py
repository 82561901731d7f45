"""`manage.py backup`: one file, whole or not there, of one moment, while the site is in use."""

import io
import stat
import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from episodes.models import Episode
from interaxion.content.linking.checking import LinkStatus
from interaxion.sitewide.backup.archive import open_archive
from interaxion.sitewide.backup.keeping import keep_newest
from interaxion.sitewide.backup.rows import write_rows
from interaxion.sitewide.backup.snapshot import snapshot
from interaxion.sitewide.backup.writing import write_backup
from tests.factories import make_episode
from tests.full_disk import full_disk

pytestmark = pytest.mark.django_db(transaction=True)


def in_another_connection(work):
    """Do the work as another process would, and wait for it."""

    def run():
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def test_backup_holds_rows_and_media_and_nothing_derived(tmp_path):
    make_episode(title="残る回", live=True)
    default_storage.save("audio/a.mp3", ContentFile(b"sound"))
    default_storage.save("renditions/pictures/a-480-2.png", ContentFile(b"small"))

    output = io.StringIO()
    call_command("backup", tmp_path / "site.zip", stdout=output)

    with open_archive(tmp_path / "site.zip") as archive:
        tables = archive.manifest.tables
        assert tables["episodes.episode"].rows == 1
        assert tables["content.revision"].rows >= 1
        assert list(archive.manifest.media) == ["audio/a.mp3"]
        assert archive.open("media/audio/a.mp3").read() == b"sound"
        assert not tables.keys() & {"content.link", "content.searchrow", "content.problemcount", "sessions.session"}
        assert {"auth.user", "content.logentry", "content.work", "content.path", "episodes.letter"} <= tables.keys()
    assert "checked" in output.getvalue()


def test_backup_is_for_its_owner_alone_and_replaces_no_file(tmp_path, settings):
    call_command("backup", stdout=io.StringIO())

    (file,) = (settings.VAR_DIR / "backups").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", file)


@pytest.mark.postgres
def test_backup_is_of_one_moment_and_blocks_no_writer():
    make_episode(title="はじめの回")
    with snapshot():
        before = Episode.objects.count()

        in_another_connection(lambda: make_episode(title="あとの回"))

        assert Episode.objects.count() == before == 1
    assert Episode.objects.count() == 2


@pytest.mark.postgres
def test_a_table_is_never_in_memory_as_a_whole():
    LinkStatus.objects.bulk_create(
        [LinkStatus(url=f"https://example.org/{n}", final_url="x" * 10_000) for n in range(3000)], batch_size=100
    )

    tracemalloc.start()
    size = sum(map(len, write_rows(LinkStatus.objects.all())))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert size > 30_000_000
    assert peak < size / 2


def test_nothing_is_left_of_a_backup_that_a_full_disk_ended(tmp_path):
    default_storage.save("audio/long.mp3", ContentFile(b"sound" * 100_000))

    with full_disk(after=200_000), pytest.raises(CommandError, match="nothing of it is left"):
        call_command("backup", tmp_path / "site.zip")

    assert [path.name for path in tmp_path.iterdir()] == ["media"]


def test_a_database_of_a_newer_release_is_not_backed_up(tmp_path):
    MigrationRecorder(connection).record_applied("episodes", "9999_of_tomorrow")
    try:
        with pytest.raises(CommandError, match=r"newer release \(episodes.9999_of_tomorrow\)"):
            call_command("backup", tmp_path / "site.zip")
    finally:
        MigrationRecorder(connection).record_unapplied("episodes", "9999_of_tomorrow")


def test_the_newest_backups_are_kept_and_other_files_too(settings):
    folder = settings.VAR_DIR / "backups"
    folder.mkdir()
    for name in ("20260101-000000.zip", "20260301-000000.zip", "20260201-000000.zip", "mine.zip", "old.sqlite3"):
        (folder / name).touch()

    assert [path.name for path in keep_newest(2)] == ["20260101-000000.zip"]
    assert keep_newest(2) == []
    assert len(list(folder.iterdir())) == 4


def test_tick_deletes_old_backups(settings):
    settings.BACKUPS_KEPT = 1
    folder = settings.VAR_DIR / "backups"
    folder.mkdir()
    for name in ("20260101-000000.zip", "20260301-000000.zip"):
        (folder / name).touch()

    call_command("tick", stdout=io.StringIO())

    assert [path.name for path in folder.iterdir()] == ["20260301-000000.zip"]


def test_two_backups_of_the_same_site_hold_the_same(tmp_path):
    make_episode(title="同じ回")

    first, second = write_backup(tmp_path / "1.zip"), write_backup(tmp_path / "2.zip")

    assert first.tables == second.tables
