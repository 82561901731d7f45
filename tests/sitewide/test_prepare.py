"""`manage.py prepare`, which `make run` calls before it serves."""

import io
import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from episodes.models import Episode
from interaxion.content.linking.links import Link
from interaxion.sitewide.backup.archive import open_archive
from interaxion.sitewide.backup.schema import newest_state, present_state
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
def test_without_the_demo_an_empty_database_stays_empty(settings, monkeypatch):
    settings.DEMO = False
    monkeypatch.setattr(sys, "executable", f"{settings.BASE_DIR}/.venv/bin/python")

    output = prepare()

    assert not Episode.objects.exists()
    assert " / " not in output
    assert "There is no administrator yet. Make one: .venv/bin/python manage.py createsuperuser" in output


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
def test_code_is_compiled_so_that_commands_start_fast(settings, tmp_path):
    settings.DEMO, settings.BASE_DIR = False, tmp_path
    source = tmp_path / "episodes" / "models.py"
    source.parent.mkdir()
    source.write_text("")

    prepare()

    assert Path(cache_from_source(str(source))).is_file()


@pytest.mark.django_db
def test_a_show_is_never_mixed_with_the_demo(settings):
    settings.DEMO = True
    make_episode(number="100")

    prepare()

    assert Episode.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_older_database_is_backed_up_then_brought_up(settings):
    settings.DEMO = False
    make_episode(title="まえからある題", notes="- [先](https://example.org/a)\n")
    call_command("migrate", "sitewide", "zero", verbosity=0)
    Link.objects.all().delete()  # as if a migration had made their table

    output = prepare()

    assert present_state() == newest_state()
    assert Link.objects.get().url == "https://example.org/a"
    (backup,) = (settings.VAR_DIR / "backups").iterdir()
    assert str(backup) in output
    with open_archive(backup) as archive:
        assert archive.manifest.tables["episodes.episode"].rows == 1
        assert "sitewide.0001_first_release" not in archive.manifest.migrations


@pytest.mark.django_db(transaction=True)
def test_without_a_backup_an_older_database_is_not_migrated(settings):
    call_command("migrate", "sitewide", "zero", verbosity=0)
    (settings.VAR_DIR / "backups").write_bytes(b"a file where the folder should be")
    try:
        with pytest.raises(CommandError, match="The database is as it was"):
            prepare()

        assert present_state() != newest_state()
    finally:
        call_command("migrate", verbosity=0)


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
