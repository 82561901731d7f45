"""The parts around every page: navigation, search field, where to listen, feeds."""

import re
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from episodes.models import Episode
from episodes.podcast import Podcast
from interaxion.content.publishing.site_state import SiteState
from interaxion.sitewide.pages.navigation import navigation, read_frame
from posts.models import Category
from tests.factories import (
    make_category,
    make_chapter,
    make_copies,
    make_course,
    make_episode,
    make_page,
    make_post,
    make_speaker,
)
from tests.html_pages import html_of
from tests.imports import make_picture

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_navigation_names_what_there_is_something_behind_in_order():
    make_category(slug="empty", name="空")
    make_post(category="zeta", live=True)
    make_post(category="alpha", live=True)
    Category.objects.filter(slug="zeta").update(position=0, name="ぜーた")
    Category.objects.filter(slug="alpha").update(position=1, name="あるふぁ")
    make_chapter(course=make_course(live=True), live=True)
    make_chapter(course=make_course(live=True), live=True)
    make_page(title="あと", path="/later/", position=2, in_navigation=True, live=True)
    make_page(title="さき", path="/sooner/", position=1, in_navigation=True, live=True)
    make_page(title="下書き", path="/draft/", in_navigation=True)
    make_page(title="よそ", path="/elsewhere/", live=True)

    with CaptureQueriesContext(connection) as queries:
        items = [(item.label, item.url) for item in navigation(read_frame()[1])]

    assert items == [
        ("エピソード", "/episodes/"),
        ("ぜーた", "/zeta/"),
        ("あるふぁ", "/alpha/"),
        ("コース", "/courses/"),
        ("出演者", "/speakers/"),
        ("タグ", "/tags/"),
        ("さき", "/sooner/"),
        ("あと", "/later/"),
    ]
    assert len(queries) == 1


def test_navigation_of_an_empty_site_has_no_courses():
    assert [item.url for item in navigation(read_frame()[1])] == ["/episodes/", "/speakers/", "/tags/"]


def test_label_of_a_page_says_its_language(client):
    make_page(title="聴きかた", path="/listen/", in_navigation=True, live=True)

    html = html_of(client.get("/en/tags/"))

    assert '<a href="/en/listen/" lang="ja">聴きかた</a>' in html
    assert '<a href="/en/episodes/">Episodes</a>' in html


def test_category_has_a_name_in_each_language_or_says_its_language(client):
    make_post(category="news", live=True)
    Category.objects.filter(slug="news").update(name="お知らせ", english_name="News")
    make_post(category="words", live=True)
    Category.objects.filter(slug="words").update(name="ことば")

    assert ">お知らせ</a>" in html_of(client.get("/news/"))
    english = html_of(client.get("/en/news/"))
    assert '<a href="/en/news/" aria-current="page">News</a>' in english
    assert "<h1>News<" in english
    assert '<a href="/en/words/" lang="ja">ことば</a>' in english
    assert '<h1 lang="ja">ことば<' in html_of(client.get("/en/words/"))


def test_of_two_editions_the_navigation_names_that_of_the_visitor():
    make_page(title="聴きかた", path="/listen/", position=1, in_navigation=True, live=True)
    make_page(title="How to listen", path="/listen-en/", position=1, language="en", in_navigation=True, live=True)
    make_page(title="日本語だけ", path="/about/", position=2, in_navigation=True, live=True)

    named = {}
    for language in ("ja", "en"):
        with override(language):
            named[language] = [item.label for item in navigation(read_frame()[1])][3:]

    assert named == {"ja": ["聴きかた", "日本語だけ"], "en": ["How to listen", "日本語だけ"]}


def test_pages_that_introduce_our_views_have_our_words_in_the_other_language():
    make_page(title="番組の聴きかた", path="/how-to-listen/", position=1, in_navigation=True, live=True)
    make_page(title="おたより箱", path="/feedback", position=2, in_navigation=True, live=True)

    named = {}
    for language in ("ja", "en"):
        with override(language):
            named[language] = [(item.label, item.url, item.language) for item in navigation(read_frame()[1])][3:]

    assert named == {
        "ja": [("番組の聴きかた", "/how-to-listen/", "ja"), ("おたより箱", "/feedback", "ja")],
        "en": [("How to listen", "/en/how-to-listen/", ""), ("Letters", "/en/feedback", "")],
    }


def test_navigation_marks_the_page_and_the_list_that_it_is_part_of(client):
    speaker = make_speaker(slug="oka")
    make_episode(number="57", speakers=(speaker,), tags=("光",), live=True)
    make_post(path="/an/imported/address", category="記事", live=True)
    make_chapter(course=make_course(slug="waves", live=True), slug="one", live=True)
    marked = {
        "/57": ("/episodes/", "true"),
        "/episodes/": ("/episodes/", "page"),
        "/speakers/oka/": ("/speakers/", "true"),
        "/tags/光/": ("/tags/", "true"),
        "/an/imported/address": (quote("/記事/"), "true"),
        "/記事/": (quote("/記事/"), "page"),
        "/courses/waves/": ("/courses/", "true"),
        "/courses/waves/one/": ("/courses/", "true"),
    }

    for address, expected in marked.items():
        html = html_of(client.get(address))
        menu = html[html.index('class="navigation"') : html.index('class="language"')]
        assert re.findall(r'<a href="([^"]+)"[^>]* aria-current="(\w+)"', menu) == [expected], address
    assert "aria-current" not in html_of(client.get("/"))


def test_every_page_has_one_search_field(client):
    make_episode(number="57", live=True)

    for address in ("/", "/57", "/en/episodes/", "/tags/", "/search", "/en/search?q=光"):
        html = html_of(client.get(address))
        assert html.count('role="search"') == html.count('id="q"') == 1, address


@pytest.fixture
def show():
    Podcast(pk=1, title="番組", subscribe_links=["https://open.spotify.com/show/x"]).save()
    make_episode(number="57", audio_url="https://audio.example/57.mp3", live=True)
    make_page(title="聴きかた", path="/how-to-listen/", live=True)


PAGES = ["/", "/episodes/", "/57", "/how-to-listen/", "/en/how-to-listen/"]


@pytest.mark.parametrize("address", PAGES)
def test_pages_say_where_to_listen(client, show, settings, address):
    settings.SITE_URL = "https://show.example"
    html = html_of(client.get(address))

    assert '<a href="https://open.spotify.com/show/x">Spotify</a>' in html
    assert '<a href="/feed.xml">' in html
    assert 'type="application/rss+xml"' in html
    if "listen" in address:
        assert "<code>https://show.example/feed.xml</code>" in html


@pytest.mark.parametrize("address", [*PAGES, "/speakers/", "/tags/"])
def test_a_feed_that_another_host_has_is_not_offered(client, show, address):
    podcast = Podcast.current()
    podcast.is_notes_only = True
    podcast.save()

    html = html_of(client.get(address))

    assert "/feed.xml" not in html
    assert "Spotify" in html
    assert "/atom.xml" in html


@pytest.mark.parametrize("address", PAGES)
def test_a_feed_in_which_nothing_is_is_not_offered(client, show, address):
    Episode.objects.update(audio_url="")
    SiteState.rise()

    html = html_of(client.get(address))

    assert 'href="/feed.xml"' not in html and "/feed.xml</code>" not in html
    assert "Spotify" in html
    assert "/atom.xml" in html


def test_an_empty_site_without_a_feed_of_its_own_offers_the_other_one(client):
    Podcast(pk=1, title="番組", is_notes_only=True).save()

    html = html_of(client.get("/en/episodes/"))

    assert "There is no episode yet." in html
    assert "/feed.xml" not in html


def test_the_other_language_keeps_address_and_page(client):
    make_copies(of=make_episode(live=True), count=99)

    html = html_of(client.get("/en/episodes/page/1/?utm_source=x"))

    assert '<a href="/episodes/page/1/" lang="ja" hreflang="ja">日本語</a>' in html
    assert '<a href="/en/episodes/" aria-current="true">' in html


def test_front_page_shows_the_artwork_in_a_small_copy(client):
    picture = SimpleUploadedFile("a.png", make_picture(size=(1400, 1400)))
    podcast = Podcast(pk=1, title="番組", author="番組", artwork=picture)
    podcast.full_clean()
    podcast.save()

    html = html_of(client.get("/"))

    (address,) = re.findall(r'<img class="about-artwork" src="([^"]+)"', html)
    assert "-320-" in address
    assert b"".join(client.get(address).streaming_content).startswith(b"\x89PNG")


def test_frame_that_is_kept_follows_every_change(client):
    make_episode(number="1", live=True)
    make_episode(number="2", live=True)
    client.get("/1")

    course = make_course(live=True)
    assert "/courses/" not in html_of(client.get("/2"))  # nothing to read there

    make_chapter(course=course, live=True)
    assert "/courses/" in html_of(client.get("/2"))
