"""The page on how to listen, and the plain page at its address that introduces it."""

import pytest
from django.core.exceptions import ValidationError

from episodes.podcast import Podcast
from interaxion.content import paths
from interaxion.content.saving.transitions import transition
from tests.factories import make_episode, make_page, make_post
from tests.html_pages import html_of
from tests.sitemap_files import pages_in_sitemap

pytestmark = pytest.mark.django_db

BY_HAND = "Adding the show to an app by hand"


@pytest.fixture(autouse=True)
def show(settings):
    settings.SITE_URL = "https://show.example"
    podcast = Podcast(pk=1, title="番組", subscribe_links=["https://open.spotify.com/show/x"])
    podcast.save()
    return podcast


def main_of(response) -> str:
    assert response.status_code == 200
    html = html_of(response)
    return html[html.index("<main") : html.index("</main>")]


def test_site_without_any_page_says_how_to_listen(client):
    main = main_of(client.get("/en/how-to-listen/"))

    assert "<h1>How to listen</h1>" in main
    assert '<a href="https://open.spotify.com/show/x">Spotify</a>' in main
    assert "<code>https://show.example/feed.xml</code>" in main
    assert BY_HAND in main


def test_nothing_is_said_of_a_feed_that_another_host_has(client, show):
    show.is_notes_only = True
    show.save()

    main = main_of(client.get("/en/how-to-listen/"))

    assert "/feed.xml" not in main and BY_HAND not in main
    assert "Spotify" in main and "/atom.xml" in main


@pytest.mark.parametrize("path", ["/how-to-listen/", "/how-to-listen"])
def test_plain_page_at_the_address_introduces_it(client, path):
    make_page(title="聴きかた", summary="どこでも。", body="アプリでも**どうぞ**。", path=path, live=True)

    for address in {"/how-to-listen/", path}:
        main = main_of(client.get(address))
        assert "<h1>聴きかた</h1>" in main.replace("<wbr>", "")
        assert "どこでも。" in main and "<strong>どうぞ</strong>" in main
        assert "https://show.example/feed.xml" in main


def test_introduction_leads_to_its_edition_in_the_other_language(client):
    make_page(title="聴きかた", path="/how-to-listen/", live=True)
    make_page(title="Where we are", path="/how-to-listen-en/", language="en", live=True)

    assert 'href="/en/how-to-listen-en/"' in main_of(client.get("/how-to-listen/"))


def test_page_in_another_language_stands_below_our_own_heading(client):
    make_page(title="聴きかた", summary="どこでも。", body="アプリでも**どうぞ**。", path="/how-to-listen/", live=True)

    html = html_of(client.get("/en/how-to-listen/"))

    main = html[html.index("<main") :]
    assert "<title>How to listen ·" in html and "<h1>How to listen</h1>" in main
    assert "聴きかた" not in main and "どこでも。" not in html
    assert '<div class="prose" lang="ja"><p>アプリでも<strong>どうぞ</strong>。</p>' in main


def test_edition_in_the_language_of_the_visitor_introduces_it(client):
    make_page(title="聴きかた", body="日本語で。", path="/how-to-listen/", live=True)
    make_page(title="Where we are", body="In English.", path="/how-to-listen-en/", language="en", live=True)

    for address in ("/en/how-to-listen/", "/en/how-to-listen-en/"):
        main = main_of(client.get(address))
        assert "<h1>Where we are</h1>" in main and "In English." in main and "日本語で。" not in main
        assert "https://show.example/feed.xml" in main
        assert '<a href="/how-to-listen/" lang="ja"' in main


@pytest.mark.parametrize("path", ["/how-to-listen/", "/how-to-listen"])
@pytest.mark.parametrize("status", ["draft", "trashed"])
def test_plain_page_that_is_not_live_neither_shows_nor_hides_it(client, status, path):
    page = make_page(title="ひみつの頁", path=path, live=True)
    transition(page, to=status, user=None)

    for address in ("/en/how-to-listen/", "/en/how-to-listen"):
        main = main_of(client.get(address, follow=True))
        assert "ひみつの頁" not in main and "<h1>How to listen</h1>" in main


def test_only_a_plain_page_may_have_the_address():
    for holder in (make_post(), make_episode(), None):
        with pytest.raises(ValidationError):
            paths.validate_path("/how-to-listen", holder)


def test_address_without_a_slash_leads_to_it(client):
    assert client.get("/en/how-to-listen?x=1").headers["Location"] == "/en/how-to-listen/?x=1"


def test_site_map_names_it_once(client):
    assert {"/how-to-listen/", "/en/how-to-listen/"} <= pages_in_sitemap(client).keys()  # none of them twice
    make_page(path="/how-to-listen/", live=True)

    assert {"/how-to-listen/", "/en/how-to-listen/"} <= pages_in_sitemap(client).keys()


def test_front_page_and_every_foot_lead_to_it(client):
    link = '<a href="/en/how-to-listen/">How to listen</a>'

    assert link in main_of(client.get("/en/"))
    assert link in html_of(client.get("/en/tags/"))


def test_it_is_only_read(client):
    assert client.post("/how-to-listen/").status_code in (403, 405)
