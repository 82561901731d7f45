import pytest

from interaxion.web.feed_pages import FeedPage

FEED = "https://show.example/feed.xml"


@pytest.mark.parametrize(
    ("number", "last", "links"),
    [
        (1, 1, {}),
        (1, 3, {"first": FEED, "next": f"{FEED}?page=2", "last": f"{FEED}?page=3"}),
        (2, 3, {"first": FEED, "previous": FEED, "next": f"{FEED}?page=3", "last": f"{FEED}?page=3"}),
        (3, 3, {"first": FEED, "previous": f"{FEED}?page=2", "last": f"{FEED}?page=3"}),
    ],
)
def test_page_names_the_pages_around_it(number, last, links):
    assert dict(FeedPage(FEED, number, last).links()) == links


def test_first_page_has_the_address_of_the_feed():
    assert FeedPage(FEED, 1, 3).url == FEED
    assert FeedPage(FEED, 2, 3).url == f"{FEED}?page=2"
