import pytest

from episodes.feed.podcast_apps import find_show_pages

APPLE, SPOTIFY = "https://podcasts.apple.com/jp/podcast/waves/id1", "https://open.spotify.com/show/abc"


def test_pages_of_the_show_are_found_in_their_order_one_for_each_app():
    urls = ["https://example.org/", SPOTIFY, "http://www.overcast.fm/itunes1/waves", APPLE, SPOTIFY + "?si=1"]

    assert find_show_pages(urls) == [SPOTIFY, "https://www.overcast.fm/itunes1/waves", APPLE]


@pytest.mark.parametrize(
    "other",
    [
        "https://open.spotify.com/episode/abc",
        "https://overcast.fm/+abc",
        "https://pca.st/episode/abc",
        "https://listen.style/p/waves/abc",
        "https://podcasts.apple.com/",
        "https://open.spotify.com.example.org/show/abc",
        "mailto:a@example.org",
    ],
)
def test_other_addresses_are_no_page_of_a_show(other):
    assert find_show_pages([APPLE, other]) == []
