"""Databases and backups from before version 1.0.0 have other names of migrations, and the same tables."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from episodes.models import Episode
from interaxion.sitewide.backup.schema import newest_state, present_state
from interaxion.sitewide.backup.writing import write_backup
from tests.factories import make_episode, make_user
from tests.sitewide.backup.archives import rewrite

#: Some of the migrations of that time; what lies between does not matter.
OF_BEFORE = [
    "content.0001_initial",
    "content.0002_search_index",
    "content.0026_what_was_said",
    "courses.0007_authors_and_audience_of_courses",
    "episodes.0016_misheard_words",
    "posts.0006_english_name_of_category",
    "sitewide.0012_published_files",
]
OURS = {name.partition(".")[0] for name in OF_BEFORE}


def prepare() -> str:
    output = io.StringIO()
    call_command("prepare", stdout=output)
    return output.getvalue()


def name_as_before() -> None:
    """Name the migrations as databases from before have them. The tables are those of the first release."""
    recorder = MigrationRecorder(connection)
    for app, name in recorder.applied_migrations():
        if app in OURS:
            recorder.record_unapplied(app, name)
    for name in OF_BEFORE:
        recorder.record_applied(*name.split("."))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_database_of_the_last_state_is_as_new(settings):
    settings.DEMO = False
    make_user(is_superuser=True)
    episode = make_episode(title="まえからの回", live=True)
    for app in sorted(OURS):
        call_command("migrate", app, "0001_first_release", verbosity=0)
    name_as_before()

    output = prepare()

    assert "older version. A backup" in output
    assert present_state() == newest_state()
    assert Episode.objects.live().get() == episode


@pytest.mark.django_db
def test_database_of_an_older_state_is_left_as_it_is(settings):
    name_as_before()
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("content", "0026_what_was_said")
    before = set(recorder.applied_migrations())

    with pytest.raises(CommandError, match=r"before version 1\.0\.0 .*content\.0026_what_was_said.*git checkout"):
        prepare()

    assert set(recorder.applied_migrations()) == before
    assert not (settings.VAR_DIR / "backups").exists()


def _of_before(manifest, files) -> None:
    others = (name for name in manifest.migrations if name.partition(".")[0] not in OURS)
    manifest.migrations = [*OF_BEFORE, *others]


def _of_long_before(manifest, files) -> None:
    _of_before(manifest, files)
    manifest.migrations.remove("content.0026_what_was_said")


@pytest.fixture
def backup(tmp_path, transactional_db):
    make_episode(title="残る回")
    write_backup(tmp_path / "site.zip")
    call_command("flush", interactive=False, verbosity=0)
    return tmp_path / "site.zip"


@pytest.mark.postgres
def test_backup_of_the_last_state_is_restored(backup):
    call_command("restore", rewrite(backup, _of_before), stdout=io.StringIO())

    assert present_state() == newest_state()
    assert Episode.objects.get().title == "残る回"


def test_backup_of_an_older_state_is_refused(backup):
    with pytest.raises(CommandError, match=r"before version 1\.0\.0 .*content\.0026_what_was_said"):
        call_command("restore", rewrite(backup, _of_long_before))

    assert not Episode.objects.exists()
