"""What lists and search results tell the script that plays an episode from them."""

import pytest

from tests.factories import make_episode, make_speaker
from tests.html_pages import html_of

pytestmark = pytest.mark.django_db
SOUND = ' data-audio="https://cdn.example/1.mp3" data-guid="one" data-seconds="90">'
NOTES = "### 0:30 波の話\n\n本文。\n"


@pytest.fixture
def show():
    speaker = make_speaker(name="岡", slug="oka")
    given = {"speakers": (speaker,), "tags": ("光",), "notes": NOTES, "live": True}
    make_episode(number="1", guid="one", audio_url="https://cdn.example/1.mp3", audio_seconds=90, **given)
    make_episode(number="2", **given)


@pytest.mark.parametrize("path", ["/episodes/", "/speakers/oka/", "/tags/光/", "/"])
def test_rows_of_episodes_with_audio_can_be_played(client, show, path):
    html = html_of(client.get(path))

    assert html.count(f'<li class="index-row"{SOUND}') == html.count('<span class="play-slot">') == 1
    assert html.count('id="sound-parts"') == 1


def test_results_of_a_search_can_be_played_from_their_times(client, show):
    html = html_of(client.get("/search?q=波の話"))

    assert html.count(f'<li class="find" lang="ja"{SOUND}') == 1
    assert html.count('<span class="play-slot" data-from="30">') == 1


def test_pages_without_audio_load_nothing_for_it(client):
    make_episode(number="2", notes=NOTES, live=True)

    assert "sound-parts" not in html_of(client.get("/2")) + html_of(client.get("/search?q=波の話"))
