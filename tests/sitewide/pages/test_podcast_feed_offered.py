"""The podcast feed is offered if it has audio, or will have some."""

import pytest

from episodes.podcast import Podcast
from interaxion.sitewide.pages.navigation import read_frame
from tests.factories import make_episode
from tests.html_pages import html_of

pytestmark = pytest.mark.django_db

PODCAST_FEED = '<a href="/feed.xml">'
AUDIO = "https://audio.example/1.mp3"


def lists_of(client, address: str) -> str:
    """Return the content of a page, without what surrounds every page."""
    html = html_of(client.get(address))
    return html[html.index("<main") : html.index("</main>")]


def test_feed_without_audio_is_not_offered(client):
    make_episode(number="1", player_provider="spotify", player_id="episode/abc", live=True)
    make_episode(number="2", audio_url=AUDIO)  # a draft

    assert not read_frame().has_podcast_feed
    assert PODCAST_FEED not in lists_of(client, "/")
    assert PODCAST_FEED not in lists_of(client, "/1")


def test_feed_with_audio_is_offered(client):
    make_episode(number="1", live=True)
    make_episode(number="2", audio_url=AUDIO, live=True)

    assert read_frame().has_podcast_feed
    assert PODCAST_FEED in lists_of(client, "/")
    assert PODCAST_FEED in lists_of(client, "/1")


def test_feed_of_a_show_that_has_not_begun_is_offered():
    assert read_frame().has_podcast_feed

    make_episode(number="1")

    assert read_frame().has_podcast_feed


def test_feed_that_another_host_has_is_not_offered():
    Podcast(pk=1, title="番組", is_notes_only=True).save()
    make_episode(number="1", audio_url=AUDIO, live=True)

    assert not read_frame().has_podcast_feed


def test_frame_of_every_page_is_one_query(django_assert_num_queries):
    make_episode(number="1", audio_url=AUDIO, live=True)

    with django_assert_num_queries(1):
        read_frame()
