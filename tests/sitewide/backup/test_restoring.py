"""`manage.py restore`: the same site again, or nothing at all."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from episodes.models import Episode
from interaxion.content.files.models import store_file
from interaxion.content.importing.imported import ImportedFile
from interaxion.content.linking.links import Link
from interaxion.content.linking.merging import merge_works
from interaxion.content.linking.works import Work
from interaxion.content.owned_rows import owned_by
from interaxion.content.publishing.working_copies import WorkingCopy
from interaxion.content.saving.purging import purge
from interaxion.content.search.rows import SearchRow
from interaxion.sitewide.backup.archive import open_archive
from interaxion.sitewide.backup.emptiness import filled_tables, is_untouched_demo
from interaxion.sitewide.backup.rows import write_rows
from interaxion.sitewide.backup.schema import newest_state, present_state
from interaxion.sitewide.backup.tables import kept_models
from interaxion.sitewide.backup.writing import write_backup
from interaxion.sitewide.demo.loading import load_demo
from interaxion.sitewide.exporting.site import export_site
from tests.factories import (
    make_chapter,
    make_course,
    make_episode,
    make_letter,
    make_page,
    make_post,
    make_speaker,
    make_user,
)
from tests.full_disk import full_disk
from tests.imports import make_picture
from tests.sitewide.backup.archives import rewrite

pytestmark = pytest.mark.django_db(transaction=True)

MANAGE = Path(__file__).parents[3] / "manage.py"


def make_site() -> None:
    """Make a site with a row in the tables that are easily forgotten."""
    user = make_user(name="みなも", is_superuser=True)
    group = Group.objects.create(name="手伝い")
    group.permissions.add(Permission.objects.get(codename="change_episode"))
    make_user(name="宙").groups.add(group)
    picture = store_file("orbit.png", make_picture())
    notes = f"### 0:00 はじめに\n\n- [論文](https://doi.org/10.1000/182)\n\n![軌道]({picture.file.url})\n"
    speaker = make_speaker(name="話す人", aliases=["はなすひと"], user=user)
    episode = make_episode(number="19.5", title="軌道の話", notes=notes, speakers=(speaker,), tags=("海",), live=True)
    post = make_post(title="記事", body="[頁](https://example.org/a) と [別](https://example.org/b)\n", live=True)
    extra = {"toc": True, "aa": {"long key": 1, "b": 2, "a": 3}}  # PostgreSQL sorts them by their lengths
    ImportedFile.objects.create(**owned_by(post), name="a.md", digest="", version=1, extra=extra)
    make_page(title="案内", live=True)
    make_chapter(course=make_course(slug="kosu", live=True), live=True)
    make_letter(about=episode)
    one, other = Work.objects.filter(kind="url").order_by("pk")[:2]
    merge_works(one, other)
    WorkingCopy.objects.create(**owned_by(episode), user=user, data="title=途中")
    Session.objects.create(session_key="s" * 32, session_data="", expire_date=timezone.now())
    purge(make_episode(number="99", title="消える回"))


def kept_rows() -> dict[str, list[bytes]]:
    models = [model for model in kept_models(apps) if model._meta.label != "content.SiteState"]
    return {model._meta.label: list(write_rows(model._base_manager.all())) for model in models}


def derived_rows() -> list[tuple]:
    links = Link.objects.values_list("path", "position", "url", "text", "work_id", "publish_at")
    return [*sorted(links), *sorted(SearchRow.objects.values_list("path", "folded", "text"))]


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def exported(folder: Path) -> dict[str, bytes]:
    export_site(folder)
    return files_in(folder)


def restore(file: Path) -> str:
    output = io.StringIO()
    call_command("restore", file, stdout=output)
    return output.getvalue()


def empty_site(settings, tmp_path) -> None:
    """Go on with an empty database and empty media, as on a new machine."""
    call_command("flush", interactive=False, verbosity=0)
    settings.MEDIA_ROOT = tmp_path / "new-media"
    assert filled_tables() == []


@pytest.mark.postgres
def test_a_restored_site_is_the_same_site(tmp_path, settings):
    make_site()
    before, derived = kept_rows(), derived_rows()
    files, media = exported(tmp_path / "before"), files_in(settings.MEDIA_ROOT)
    last = Episode.objects.latest("pk").pk
    write_backup(tmp_path / "site.zip")
    empty_site(settings, tmp_path)
    name = next(iter(media))
    default_storage.save(name, ContentFile(media[name]))  # the same file is there already

    output = restore(tmp_path / "site.zip")

    assert kept_rows() == before
    assert derived_rows() == derived
    assert exported(tmp_path / "after") == files
    assert files_in(settings.MEDIA_ROOT) == media
    assert not Session.objects.exists()
    assert User.objects.get(username="みなも").check_password("a long enough phrase")
    assert User.objects.get(username="宙").get_all_permissions() == {"episodes.change_episode"}
    # The number of the deleted episode is given to no other: its history would appear to be that of the new one.
    assert make_episode(number="100").pk > last + 1
    assert "start it again" in output


@pytest.mark.postgres
def test_a_backup_moves_to_a_new_machine_with_sqlite_and_back(tmp_path, settings):
    """On PostgreSQL this is the way across and back."""
    make_site()
    before, files = kept_rows(), exported(tmp_path / "before")
    write_backup(tmp_path / "there.zip")
    elsewhere = os.environ | {"VAR_DIR": str(tmp_path / "elsewhere"), "DATABASE_URL": "", "MEDIA_ROOT": ""}
    for command in (["restore", "there.zip"], ["export_content", "exported"], ["backup", "back.zip"]):
        manage = [sys.executable, MANAGE, *command]
        subprocess.run(manage, cwd=tmp_path, env=elsewhere, check=True, stdout=subprocess.DEVNULL)
    empty_site(settings, tmp_path)

    restore(tmp_path / "back.zip")

    assert files_in(tmp_path / "exported") == files
    assert kept_rows() == before


@pytest.mark.postgres
def test_an_older_backup_is_brought_up_to_this_release(tmp_path, settings):
    """The one state before this release's is that without an app, since each app has one migration."""
    make_episode(title="むかしの回", live=True)
    try:
        call_command("migrate", "sitewide", "zero", verbosity=0)
        assert "sitewide_page" not in connection.introspection.table_names()
        manifest = write_backup(tmp_path / "old.zip")
    finally:
        call_command("migrate", verbosity=0)
    empty_site(settings, tmp_path)

    restore(tmp_path / "old.zip")

    assert "sitewide.page" not in manifest.tables
    assert present_state() == newest_state()
    assert Episode.objects.live().get().title == "むかしの回"
    assert Link.objects.exists()


def test_the_untouched_demo_makes_room_for_a_backup(tmp_path, settings):
    make_episode(title="本物の回")
    write_backup(tmp_path / "site.zip")
    empty_site(settings, tmp_path)
    load_demo()
    host = User.objects.get(username="host")
    User.objects.update(last_login=timezone.now())
    WorkingCopy.objects.create(**owned_by(Episode.objects.first()), user=host)  # a form that was only looked at

    restore(tmp_path / "site.zip")

    assert [episode.title for episode in Episode.objects.all()] == ["本物の回"]
    assert not User.objects.exists()


def test_a_demo_that_somebody_touched_is_kept(tmp_path):
    write_backup(tmp_path / "empty.zip")
    load_demo()
    episode, host = Episode.objects.first(), User.objects.get(username="host")
    touches: list[Callable[[], object]] = [
        lambda: Episode.objects.filter(pk=episode.pk).update(title="別の題"),
        make_letter,
        make_user,
        lambda: User.objects.filter(pk=host.pk).update(password="!"),
        lambda: WorkingCopy.objects.create(**owned_by(episode), user=host, data="title=x"),
        episode.delete,
    ]
    for touch in touches:
        with transaction.atomic():
            assert is_untouched_demo()
            touch()
            assert not is_untouched_demo()
            transaction.set_rollback(True)
    make_letter()
    before = kept_rows()

    with pytest.raises(CommandError, match="not empty"):
        restore(tmp_path / "empty.zip")

    assert kept_rows() == before


def test_a_demo_beside_an_account_is_no_untouched_demo():
    make_user(name="first")

    load_demo()

    assert not is_untouched_demo()


def test_a_site_is_never_overwritten(tmp_path):
    make_user(name="first")
    write_backup(tmp_path / "site.zip")

    with pytest.raises(CommandError, match=r"not empty \(users\)"):
        restore(tmp_path / "site.zip")


def test_a_database_of_another_release_is_prepared_first(tmp_path):
    write_backup(tmp_path / "site.zip")
    try:
        call_command("migrate", "sitewide", "zero", verbosity=0)

        with pytest.raises(CommandError, match="prepare"):
            restore(tmp_path / "site.zip")
    finally:
        call_command("migrate", verbosity=0)


@pytest.fixture
def backup(tmp_path, settings) -> Path:
    """A backup of a small site with media, beside an empty site."""
    make_episode(title="残る回")
    default_storage.save("audio/a.mp3", ContentFile(b"sound"))
    default_storage.save("audio/b.mp3", ContentFile(b"other"))
    write_backup(tmp_path / "site.zip")
    empty_site(settings, tmp_path)
    return tmp_path / "site.zip"


def assert_refused(file: Path, message: str, settings) -> None:
    media = files_in(settings.MEDIA_ROOT)

    with pytest.raises(CommandError, match=message):
        restore(file)

    assert filled_tables() == []
    assert present_state() == newest_state()
    assert files_in(settings.MEDIA_ROOT) == media


def test_a_backup_cut_short_or_changed_is_refused(backup, settings):
    whole = backup.read_bytes()
    for size in (0, 10, len(whole) // 2, len(whole) - 1):
        backup.write_bytes(whole[:size])
        assert_refused(backup, "cut short or changed", settings)
    for place in [*range(0, len(whole), len(whole) // 50), len(whole) - 70, len(whole) - 1]:
        backup.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert_refused(backup, "cut short or changed", settings)
    backup.write_bytes(whole + b"\n")
    assert_refused(backup, "cut short or changed", settings)
    assert_refused(backup.with_name("missing.zip"), "No such file", settings)

    backup.write_bytes(whole)
    with open_archive(backup):
        pass


def _of_tomorrow(manifest, files) -> None:
    manifest.migrations.append("episodes.9999_of_tomorrow")


def _out_of_the_folder(manifest, files) -> None:
    files["media/../../evil"] = b"x"
    manifest.media["../../evil"] = manifest.media["audio/a.mp3"]


def _unlisted(manifest, files) -> None:
    files["tables/evil.jsonl"] = b""


def _missing(manifest, files) -> None:
    del files["media/audio/a.mp3"]


def _unknown_table(manifest, files) -> None:
    files["tables/evil.thing.jsonl"] = b""
    manifest.tables["evil.thing"] = replace(manifest.tables["auth.user"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_of_tomorrow, r"newer release \(episodes.9999_of_tomorrow\)"),
        (_out_of_the_folder, "outside of the folder of media"),
        (_unlisted, "other files than its manifest says"),
        (_missing, "other files than its manifest says"),
        (_unknown_table, "did not have: evil.thing"),
    ],
)
def test_a_backup_that_does_not_fit_is_refused(backup, settings, change, message):
    assert_refused(rewrite(backup, change), message, settings)


def _dangling(manifest, files) -> None:
    name = "tables/content.taggeditem.jsonl"
    files[name] = b'{"id":1,"content_type_id":1,"object_id":1,"tag_id":404}\n'


def _twice(manifest, files) -> None:
    files["tables/episodes.episode.jsonl"] *= 2


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_dangling, "Nothing was restored"),
        (_twice, r"row \d+ of episodes.episode does not fit \(.*(UNIQUE|duplicate)"),
    ],
)
def test_rows_that_do_not_fit_leave_the_site_empty(backup, settings, change, message):
    assert_refused(rewrite(backup, change), message, settings)


@pytest.mark.postgres
def test_media_are_taken_back_if_another_file_has_a_name(backup, settings):
    default_storage.save("audio/b.mp3", ContentFile(b"mine!"))

    assert_refused(backup, "another file named audio/b.mp3", settings)


def test_a_full_disk_leaves_the_site_empty(backup, settings):
    default_storage.save("audio/c.mp3", ContentFile(b"mine"))
    with full_disk(after=200_000):
        assert_refused(backup, "Nothing was restored, and the site is as before", settings)
