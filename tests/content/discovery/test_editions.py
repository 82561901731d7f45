"""The same thing in two languages, paired by its addresses."""

import re

import pytest

from interaxion.content.discovery.editions import find_editions, paths_in
from tests.factories import make_chapter, make_course, make_page, make_post
from tests.html_pages import html_of
from tests.imports import DATA, import_all

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.mark.parametrize(
    ("path", "language", "other", "expected"),
    [
        ("/blog/tides", "ja", "en", "/blog/tides-en"),
        ("/blog/tides-en", "en", "ja", "/blog/tides"),
        ("/courses/waves/one/", "ja", "en", "/courses/waves-en/one/"),
        ("/courses/waves-en/one/", "en", "ja", "/courses/waves/one/"),
        ("/about/", "ja", "en", "/about-en/"),
    ],
)
def test_addresses_of_editions_differ_by_the_language(path, language, other, expected):
    assert expected in paths_in(path, language, other)


def test_english_without_the_ending_has_no_japanese_edition():
    assert paths_in("/blog/tides", "en", "ja") == []


def test_editions_are_live_of_the_same_kind_and_really_in_the_other_language():
    post = make_post(path="/blog/tides", live=True)
    make_page(path="/about-en/", language="en", live=True)
    draft = make_post(path="/blog/tides-en", language="en")

    assert find_editions(post) == []
    assert find_editions(draft) == [post]
    assert find_editions(make_page(path="/about/", live=True, language="en")) == []


def alternates(client, address: str) -> dict[str, str]:
    html = html_of(client.get(address))
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="https://show.example([^"]*)">', html))


def test_two_editions_name_each_other_as_the_page_for_their_readers(client, settings):
    settings.SITE_URL = "https://show.example"
    course = make_course(slug="waves", title="波", live=True)
    english = make_course(slug="waves-en", title="Waves", language="en", live=True)
    make_chapter(course=course, slug="one", live=True)
    make_chapter(course=english, slug="one", language="en", live=True)

    for below in ("", "one/"):
        expected = {
            "ja": f"/courses/waves/{below}",
            "en": f"/en/courses/waves-en/{below}",
            "x-default": f"/courses/waves/{below}",
        }
        for address in (f"/courses/waves/{below}", f"/en/courses/waves-en/{below}"):
            assert alternates(client, address) == expected, address
    html = html_of(client.get("/courses/waves/"))
    assert '<a href="/en/courses/waves-en/" lang="en" hreflang="en" rel="alternate">' in html


def test_a_page_of_one_edition_names_its_two_frames(client, settings):
    settings.SITE_URL = "https://show.example"
    make_post(path="/blog/tides", live=True)

    assert alternates(client, "/en/blog/tides") == {
        "ja": "/blog/tides",
        "en": "/en/blog/tides",
        "x-default": "/blog/tides",
    }


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/courses/waves/one/", "/en/courses/waves-en/one/"),
        ("/en/courses/waves-en/one/", "/courses/waves/one/"),
        ("/en/courses/waves/one/", "/courses/waves/one/"),  # the same text in its own frame
        ("/courses/waves/two/", "/en/courses/waves/two/"),  # no other edition
    ],
)
def test_the_language_switch_leads_to_the_edition(client, address, leads_to):
    course = make_course(slug="waves", live=True)
    english = make_course(slug="waves-en", language="en", live=True)
    make_chapter(course=course, slug="one", live=True)
    make_chapter(course=english, slug="one", language="en", live=True)
    make_chapter(course=course, slug="two", position=2, live=True)

    html = html_of(client.get(address))

    assert re.findall('<li class="language"><a href="([^"]+)"', html) == [leads_to]


def test_imported_courses_of_two_folders_are_editions(client):
    import_all(DATA / "course/ja/waves")
    import_all(DATA / "course/en/waves")

    html = html_of(client.get("/en/courses/waves-en/chapter-1/"))

    assert '<a href="/courses/waves/chapter-1/" lang="ja" hreflang="ja" rel="alternate">' in html
