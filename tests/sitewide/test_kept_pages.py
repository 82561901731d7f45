"""Each public page is kept once for everybody, so it must hold nothing of the address of its first visitor."""

import pytest
from django.core.cache import caches

from tests.factories import make_chapter, make_copies, make_course, make_episode, make_page, make_post, make_speaker
from tests.html_pages import html_of
from tests.sitemap_files import files_in_sitemap, pages_in_sitemap

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

#: Parameters that no view reads (`public_pages.READ_BY_NO_VIEW`), with values that a page would show.
OTHERS = "?utm_source=EVIL&utm_evil=EVIL&ref=EVIL&t=EVIL&fbclid=EVIL"


@pytest.fixture
def site():
    """Make one of everything, and lists of two pages."""
    speaker = make_speaker(slug="oka")
    episode = make_episode(number="1", speakers=(speaker,), tags=("光",), notes="本文\n", live=True)
    post = make_post(path="/blog/one", authors=(speaker,), body="[論文](https://doi.org/10.1000/a)", live=True)
    for thing in (episode, post):
        make_copies(of=thing, count=100)
    make_page(path="/about/", live=True)
    make_chapter(course=make_course(slug="waves", live=True), live=True)


def test_links_to_further_pages_hold_nothing_of_who_came_first(client, site):
    for path in ("/episodes/", "/en/episodes/", "/blog/"):
        client.get(path + OTHERS)

        html = html_of(client.get(path))

        assert f'rel="next" href="{path}page/1/"' in html
        assert "EVIL" not in html
        assert f'rel="prev" href="{path}"' in html_of(client.get(f"{path}page/1/"))


def test_no_page_holds_anything_of_who_came_first(client, site):
    pages = [*pages_in_sitemap(client), *files_in_sitemap(client)]
    machines = [
        "/sitemap.xml",
        "/feed.xml",
        "/atom.xml",
        "/atom/page/1.xml",
        "/blog/feed.xml",
        "/speakers/oka/feed.xml",
    ]
    further = ["/episodes/page/1/", "/en/blog/page/1/", "/search"]
    one_of_each = [path for path in pages if not path[-1].isdecimal() and "/blog/" not in path]
    assert len(one_of_each) > 20

    for path in ["/1", "/en/1", "/blog/", *one_of_each, *machines, *further]:
        first = client.get(path + OTHERS)
        second = client.get(path)

        assert (first.status_code, second.status_code) == (200, 200), path
        assert b"EVIL" not in first.content, path
        if "ETag" in second:  # otherwise it is not kept
            assert second.content == first.content, path


def test_further_pages_are_kept(client, site, django_assert_num_queries):
    for path in ("/episodes/page/1/", "/en/blog/page/1/", "/atom/page/1.xml", "/sitemap-lists-1.xml"):
        assert client.get(path).status_code == 200

        with django_assert_num_queries(1):
            assert client.get(path).status_code == 200


def test_number_in_the_query_leads_to_the_page_of_today(client, site):
    for path in ("/episodes/", "/blog/", "/en/blog/"):
        for number, page in (("1", ""), ("2", ""), ("3", "page/1/"), ("999", ""), ("٢", ""), ("%202", "")):
            response = client.get(f"{path}?page={number}&utm_source=x")

            assert (response.status_code, response["Location"]) == (301, f"{path}{page}?utm_source=x"), number


def test_a_further_page_is_called_by_its_own_address(client, site, settings):
    settings.SITE_URL = "https://show.example"

    for path in ("/episodes/", "/blog/"):
        html = html_of(client.get(f"{path}page/1/?utm_source=EVIL"))

        assert f'<link rel="canonical" href="https://show.example{path}page/1/">' in html
        assert f'<a href="/en{path}page/1/" lang="en"' in html
        assert "1ページ目 ·" in html[html.index("<title>") : html.index("</title>")]


@pytest.mark.parametrize("path", ["/", "/57", "/about/", "/tags/"])
def test_a_page_without_further_pages_has_no_number(client, settings, path):
    settings.SITE_URL = "https://show.example"
    make_episode(number="57", live=True)
    make_page(path="/about/", live=True)

    html = html_of(client.get(f"{path}?page=3"))

    assert f'<link rel="canonical" href="https://show.example{path}">' in html
    assert "page=3" not in html


def test_kept_page_is_the_response_that_was_made_with_all_headers(client, site, django_assert_num_queries):
    for path in ("/1", "/en/1", "/", "/episodes/", "/feed.xml", "/tags/光/", "/about/", "/sitemap.xml"):
        made = client.get(path)

        with django_assert_num_queries(1):
            kept = client.get(path)

        assert "Content-Security-Policy" in kept
        assert (kept.status_code, kept.content) == (200, made.content)
        assert set(kept.headers.items()) - set(made.headers.items()) <= {("Last-Modified", kept.get("Last-Modified"))}
        assert made.headers.keys() <= kept.headers.keys()


def test_304_costs_one_query_and_nothing_kept(client, site, django_assert_num_queries):
    etag = client.get("/1")["ETag"]
    caches["pages"].clear()

    with django_assert_num_queries(1):
        response = client.get("/1", headers={"if-none-match": f'"other", {etag}'})

    assert response.status_code == 304
    assert (response["ETag"], response["Cache-Control"]) == (etag, "public, no-cache")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_desk_never_answers_304_by_the_etag_of_pages(client, site):
    etag = client.get("/1")["ETag"]

    for path in ("/admin/", "/healthz", "/media/x", "/en/admin/login/"):
        assert client.get(path, headers={"if-none-match": etag}).status_code != 304
