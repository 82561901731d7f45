"""A form that is opened and saved as it is changes nothing, whatever stands in it."""

import pytest
from django.contrib.admin.models import LogEntry

from episodes.models import Episode
from interaxion.content.publishing.revisions import snapshot
from interaxion.content.publishing.site_state import SiteState
from tests.admin_forms import save_untouched
from tests.factories import make_chapter, make_course, make_editor, make_episode, make_page, make_post, make_speaker
from tests.imports import import_text

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

TAGS = ("Newton, Isaac", "光子、電子", 'say "a"', '"q"')
ODD = "一行目\r\n二行目 \n"
MAKE = {
    "rows": lambda: make_episode(
        live=True,
        tags=TAGS,
        speakers=(make_speaker(), make_speaker()),
        summary=ODD,
        distribution_notes="\n短い\r\n",
        short_introduction=" 序 ",
        audio_url="https://audio.example/1.mp3?",
        audio_bytes=9,
        audio_seconds=3723,
        player_provider="spotify",
        player_id="episode/4rOoJ6Egrf8K2IrywzwOMk",
    ),
    "document": lambda: make_episode(live=True, tags=TAGS, notes="前置き\n\n### はじめに\n\n本文\n", summary=ODD),
    "post": lambda: make_post(live=True, tags=TAGS, authors=(make_speaker(),), summary=ODD, body="\n本文\r\n\r\n"),
    "page": lambda: make_page(live=True, summary=ODD, body="本文\n\n"),
    "course": lambda: make_course(live=True, summary=ODD, source="\r\n# 題 \r\n"),
    "chapter": lambda: make_chapter(live=True, tags=TAGS, summary=ODD, source="\n\n# 題\r\n本文\n\n"),
}


@pytest.fixture(autouse=True)
def editor(client):
    client.force_login(make_editor())


@pytest.mark.parametrize("kind", MAKE)
def test_untouched_save_changes_nothing(client, kind):
    thing = MAKE[kind]()
    before, state = snapshot(thing), SiteState.current().version

    save_untouched(client, thing)

    thing = type(thing).objects.get(pk=thing.pk)
    assert snapshot(thing) == before
    assert (thing.version, thing.revisions.count()) == (1, 1)
    assert SiteState.current().version == state
    assert not LogEntry.objects.exists()


def test_touched_save_is_a_version_and_a_line_of_the_log(client):
    post = make_post()

    save_untouched(client, post, title="別の題")

    assert (post.revisions.count(), LogEntry.objects.count()) == (2, 1)


def test_import_still_updates_what_was_saved_untouched(client, tmp_path):
    text = '---\nlayout: podcast\ntitle: "1: 題"\ntags:\n  - "Newton, Isaac"\n---\n\n### 0:00 一\n\n本文\n'
    import_text(tmp_path, text)
    save_untouched(client, Episode.objects.get())

    assert str(import_text(tmp_path, text.replace("本文", "直した本文")).action) == "updated"

    episode = Episode.objects.get()
    assert episode.sections.get().body == "直した本文"
    assert [tag.name for tag in episode.tags.all()] == ["Newton, Isaac"]
