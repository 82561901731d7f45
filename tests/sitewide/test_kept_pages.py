"""Each public page is kept once for everybody, so it must hold nothing of the address of its first visitor."""

from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from tests.factories import make_chapter, make_course, make_episode, make_page, make_post, make_speaker
from tests.html_pages import html_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

#: Parameters that no view reads (`public_pages.READ_BY_NO_VIEW`), with values that a page would show.
OTHERS = "?utm_source=EVIL&utm_evil=EVIL&ref=EVIL&t=EVIL&fbclid=EVIL"


@pytest.fixture
def site():
    """Make one of everything, and lists of two pages."""
    speaker = make_speaker(slug="oka")
    for number in range(1, 52):
        make_episode(number=str(number), speakers=(speaker,), tags=("光",), notes="本文\n", live=True)
        make_post(authors=(speaker,), body="[論文](https://doi.org/10.1000/a)", live=True)
    make_page(path="/about/", live=True)
    make_chapter(course=make_course(slug="waves", live=True), live=True)


def test_links_to_further_pages_hold_nothing_of_who_came_first(client, site):
    for path in ("/episodes/", "/en/episodes/", "/blog/"):
        client.get(path + OTHERS)

        html = html_of(client.get(path))

        assert f'rel="next" href="{path}?page=2"' in html
        assert "EVIL" not in html
        assert f'rel="prev" href="{path}"' in html_of(client.get(f"{path}?page=2"))


def test_no_page_holds_anything_of_who_came_first(client, site):
    locations = ElementTree.fromstring(client.get("/sitemap.xml").content).findall(".//{*}loc")
    pages = [urlsplit(location.text).path for location in locations]
    machines = ["/sitemap.xml", "/feed.xml", "/atom.xml", "/blog/feed.xml", "/speakers/oka/feed.xml", "/search"]
    one_of_each = [path for path in pages if not path[-1].isdecimal() and "/blog/" not in path]
    assert len(one_of_each) > 20

    for path in ["/7", "/en/7", "/blog/", *one_of_each, *machines]:
        first = client.get(path + OTHERS)
        second = client.get(path)

        assert (first.status_code, second.status_code) == (200, 200), path
        assert b"EVIL" not in first.content, path
        if "ETag" in second:  # otherwise it is not kept
            assert second.content == first.content, path


def test_a_page_is_called_by_the_number_that_it_has(client, site, settings):
    settings.SITE_URL = "https://show.example"

    for path in ("/episodes/", "/blog/"):
        for number in ("2", "999", "٢", "2&utm_source=EVIL", "%202"):
            html = html_of(client.get(f"{path}?page={number}"))

            assert f'<link rel="canonical" href="https://show.example{path}?page=2">' in html, number
            assert f'<a href="/en{path}?page=2" lang="en"' in html, number


@pytest.mark.parametrize("path", ["/", "/57", "/episodes/", "/about/"])
def test_a_page_without_further_pages_has_no_number(client, settings, path):
    settings.SITE_URL = "https://show.example"
    make_episode(number="57", live=True)
    make_page(path="/about/", live=True)

    html = html_of(client.get(f"{path}?page=3"))

    assert f'<link rel="canonical" href="https://show.example{path}">' in html
    assert "page=3" not in html
