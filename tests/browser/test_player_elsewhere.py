"""An episode that another site plays: a link, then its frame, moved by loading it again."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import make_episode

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTES = "### 0:00 はじめに\n\n本文。\n\n### 1:30 つぎの話\n\n本文。\n"
YOUTUBE = "https://www.youtube-nocookie.com/embed/abcdefghijk"
SPOTIFY = "https://open.spotify.com/embed/episode/abc"


@pytest.fixture
def open_page(browser, live_server, wait_for_server):
    """A visitor's page, and what it asks of other sites, which are answered here."""
    contexts, complaints = [], []

    def open_page(path: str, **options) -> tuple[Page, list[str]]:
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        context.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        context.on("weberror", lambda problem: complaints.append(str(problem.error)))
        elsewhere: list[str] = []

        def answer(route) -> None:
            elsewhere.append(route.request.url)
            route.fulfill(body=f"<p>{route.request.url}</p>", content_type="text/html")

        context.route(lambda url: not url.startswith(live_server.url), answer)
        page = context.new_page()
        page.goto(path)
        return page, elsewhere

    yield open_page
    for context in contexts:
        context.close()
    wait_for_server()
    assert complaints == []


def make(provider: str, id: str, **fields) -> None:
    make_episode(number="1", notes=NOTES, player_provider=provider, player_id=id, live=True, **fields)


def shown_in(page: Page):
    return page.frame_locator(".elsewhere iframe").locator("p")


@pytest.mark.parametrize(
    ("provider", "id", "host", "frame", "moved"),
    [
        ("youtube", "abcdefghijk", "www.youtube-nocookie.com", YOUTUBE, f"{YOUTUBE}?start=90&autoplay=1"),
        ("spotify", "episode/abc", "open.spotify.com", SPOTIFY, f"{SPOTIFY}?t=90&autoplay=1"),
    ],
)
def test_time_moves_the_frame_that_was_asked_for(open_page, provider, id, host, frame, moved):
    make(provider, id)
    page, elsewhere = open_page("/en/1")
    page.locator(".notes .time").last.click()
    page.goto("/en/1")
    load = page.get_by_role("button", name=f"Load from {host}")
    expect(load).to_be_visible()
    assert elsewhere == []

    load.click()
    expect(shown_in(page)).to_have_text(frame)
    page.locator(".notes .time").last.click()
    expect(shown_in(page)).to_have_text(moved)

    assert elsewhere == [frame, moved]
    expect(page).to_have_url(re.compile("#t-90$"))
    expect(page.locator(".elsewhere iframe")).to_be_in_viewport()


@pytest.mark.parametrize("path", ["/en/1?t=75", "/en/1#t-75"])
def test_frame_begins_at_the_time_of_the_address(open_page, path):
    make("youtube", "abcdefghijk")
    page, elsewhere = open_page(path)

    page.get_by_role("button", name="Load from").click()

    expect(shown_in(page)).to_have_text(f"{YOUTUBE}?start=75")
    assert elsewhere == [f"{YOUTUBE}?start=75"]


def test_frame_that_cannot_be_moved_stays(open_page):
    make("apple", "jp/1/2")
    page, elsewhere = open_page("/en/1")
    page.get_by_role("button", name="Load from").click()
    expect(shown_in(page)).to_be_visible()

    page.locator(".notes .time").last.click()

    expect(page.locator(".notes h3").last).to_be_in_viewport()
    assert len(elsewhere) == 1


def test_players_of_other_things_in_the_notes_are_not_moved(open_page):
    notes = NOTES + '\n<iframe title="映像" src="https://www.youtube.com/embed/zzzzzzzzzzz"></iframe>\n'
    make_episode(number="1", notes=notes, live=True)
    page, elsewhere = open_page("/en/1")
    page.get_by_role("button", name="Load from").click()
    expect(page.frame_locator(".notes iframe").locator("p")).to_be_visible()

    page.locator(".notes .time").last.click()

    expect(page.locator(".notes h3").last).to_be_in_viewport()
    assert len(elsewhere) == 1


def test_front_page_plays_it_too(open_page):
    make("spotify", "episode/abc")
    page, elsewhere = open_page("/en/")
    assert elsewhere == []

    page.get_by_role("button", name="Load from open.spotify.com").click()

    expect(shown_in(page)).to_have_text(SPOTIFY)


def test_without_javascript_it_is_a_link(open_page):
    make("spotify", "episode/abc")
    page, elsewhere = open_page("/en/1", java_script_enabled=False)

    link = page.get_by_role("link", name="Listen on Spotify")

    expect(link).to_have_attribute("href", "https://open.spotify.com/episode/abc")
    assert page.get_by_role("button", name="Load").count() == 0
    assert elsewhere == []
