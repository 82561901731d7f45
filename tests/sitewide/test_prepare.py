"""`manage.py prepare`, which `make run` calls before it serves."""

import io
import sqlite3
from contextlib import closing

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from episodes.models import Episode
from interaxion.sitewide.database_copy import copy_database
from interaxion.sitewide.demo.loading import DEMO_LOGINS
from interaxion.text.markdown import RENDER_VERSION
from tests.factories import make_episode, make_user


def prepare() -> str:
    output = io.StringIO()
    call_command("prepare", stdout=output)
    return output.getvalue()


@pytest.mark.django_db
def test_an_empty_database_gets_the_demo_once(settings):
    settings.DEMO = True

    first, second = prepare(), prepare()

    assert "Loading the demo content" in first
    assert "Loading the demo content" not in second
    assert Episode.objects.live().count() == 7
    for output in (first, second):
        assert all(f"{name} / {password}" in output for name, password in DEMO_LOGINS.items())


@pytest.mark.django_db
def test_without_the_demo_an_empty_database_stays_empty(settings):
    settings.DEMO = False

    output = prepare()

    assert not Episode.objects.exists()
    assert " / " not in output
    assert "There is no administrator yet. Make one: python manage.py createsuperuser" in output


@pytest.mark.django_db
def test_site_with_an_administrator_is_not_told_to_make_one(settings):
    settings.DEMO = False
    make_user(is_superuser=True)

    assert prepare() == ""


@pytest.mark.django_db
def test_static_files_are_collected(settings):
    settings.DEMO = False

    prepare()

    assert (settings.STATIC_ROOT / "css" / "base.css").is_file()


@pytest.mark.django_db
def test_a_show_is_never_mixed_with_the_demo(settings):
    settings.DEMO = True
    make_episode(number="100")

    prepare()

    assert Episode.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_older_database_is_copied_then_brought_up(settings):
    settings.DEMO = False
    make_episode(title="まえからある題")
    MigrationRecorder(connection).record_unapplied("sitewide", "0003_letters")

    output = prepare()

    assert ("sitewide", "0003_letters") in MigrationRecorder(connection).applied_migrations()
    copies = list((settings.VAR_DIR / "backups").iterdir())
    assert [str(copy) in output for copy in copies] == [True]


@pytest.mark.django_db
def test_what_an_older_renderer_wrote_is_rendered_anew(settings):
    settings.DEMO = False
    episode = make_episode(notes="### 0:00 いまの話\n", live=True)
    Episode.objects.update(html="<p>昔のまま</p>", render_version=RENDER_VERSION - 1)

    prepare()

    episode.refresh_from_db()
    assert "いまの話" in episode.html
    assert episode.render_version == RENDER_VERSION
    assert "derived" not in prepare()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_copy_of_the_database_holds_its_rows():
    make_episode(title="写しにもある題")

    copy = copy_database()

    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(copy)) as database:
            assert database.execute("SELECT title FROM episodes_episode").fetchall() == [("写しにもある題",)]
    else:
        assert copy.read_bytes().startswith(b"PGDMP")
