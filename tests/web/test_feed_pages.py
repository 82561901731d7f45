import pytest

from interaxion.web.feed_pages import HISTORY, FeedPage, describe_page
from interaxion.web.feed_xml import Element

FEED, ONE, TWO, THREE = (f"https://show.example/feed{end}.xml" for end in ("", "/page/1", "/page/2", "/page/3"))


@pytest.mark.parametrize(
    ("page", "links"),
    [
        (FeedPage(FEED), {}),
        (FeedPage(FEED, older=THREE), {"prev-archive": THREE, "next": THREE}),
        (FeedPage(FEED, THREE, TWO, FEED), {"current": FEED, "prev-archive": TWO, "next": TWO, "previous": FEED}),
        (
            FeedPage(FEED, TWO, ONE, THREE),
            {"current": FEED, "prev-archive": ONE, "next-archive": THREE, "next": ONE, "previous": THREE},
        ),
        (FeedPage(FEED, ONE, "", TWO), {"current": FEED, "next-archive": TWO, "previous": TWO}),
    ],
)
def test_document_names_those_around_it(page, links):
    assert dict(page.links()) == links


@pytest.mark.parametrize(("page", "url"), [(FeedPage(FEED, older=TWO), FEED), (FeedPage(FEED, TWO, ONE, FEED), TWO)])
def test_only_an_archive_says_that_it_is_one(page, url):
    root = Element("feed")

    describe_page(root, page, name="link", content_type="x/y")

    assert root[0].attrib == {"rel": "self", "type": "x/y", "href": url}
    assert [each.get("xmlns:fs") for each in root if each.tag == "fs:archive"] == ([HISTORY] if url == TWO else [])
