"""An episode that another site plays: a link, then its frame, moved by loading it again."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.factories import make_episode

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTES = "### 0:00 はじめに\n\n本文。[途中](?t=100)のこと。\n\n### 1:30 つぎの話\n\n本文。\n"
LONG_NOTES = NOTES.replace("本文。", "本文。\n\n" * 30)
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


def make(provider: str, id: str, notes: str = NOTES, **fields) -> None:
    make_episode(number="1", notes=notes, player_provider=provider, player_id=id, live=True, **fields)


def play_here(page: Page, time: str = "") -> Locator:
    return page.get_by_role("button", name=f"Play from {time} here" if time else "Play here")


def follow(link: Locator) -> None:
    """With the keyboard: the frame of another process may still lie where it was before the page scrolled."""
    link.focus()
    link.page.keyboard.press("Enter")


def shown_in(page: Page):
    return page.frame_locator(".elsewhere iframe").locator("p")


HOSTS = [
    ("youtube", "abcdefghijk", "youtube-nocookie.com", f"{YOUTUBE}?autoplay=1", f"{YOUTUBE}?autoplay=1&start=90"),
    ("spotify", "episode/abc", "open.spotify.com", f"{SPOTIFY}?autoplay=1", f"{SPOTIFY}?autoplay=1&t=90"),
]


@pytest.mark.parametrize(("provider", "id", "host", "frame", "moved"), HOSTS)
def test_time_moves_the_frame_that_was_asked_for(open_page, provider, id, host, frame, moved):
    make(provider, id)
    page, elsewhere = open_page("/en/1")
    expect(play_here(page)).to_have_accessible_name(re.compile(re.escape(host)))
    assert elsewhere == []

    play_here(page).click()
    expect(shown_in(page)).to_have_text(frame)
    follow(page.locator(".notes .time").last)
    expect(shown_in(page)).to_have_text(moved)

    assert elsewhere == [frame, moved]
    expect(page).to_have_url(re.compile("#t-90$"))
    expect(page.locator(".elsewhere iframe")).to_be_in_viewport()


@pytest.mark.parametrize("width", [375, 1280])
def test_time_makes_the_button_say_where_it_will_begin_and_one_more_press_plays(open_page, width):
    make("spotify", "episode/abc", LONG_NOTES)
    page, elsewhere = open_page("/en/1", viewport={"width": width, "height": 667})

    follow(page.locator(".notes .time").last)

    expect(page).to_have_url(re.compile("#t-90$"))
    button = play_here(page, "1:30")
    expect(button).to_have_accessible_name("Play from 1:30 here open.spotify.com")
    expect(button).to_be_focused()
    expect(button).to_be_in_viewport(ratio=1)
    expect(page.locator(".notes h3").last).to_be_in_viewport(ratio=1)
    held, heading = page.locator(".elsewhere").bounding_box(), page.locator(".notes h3").last.bounding_box()
    assert held["y"] + held["height"] <= heading["y"]
    assert elsewhere == []

    page.keyboard.press("Enter")

    expect(shown_in(page)).to_have_text(f"{SPOTIFY}?t=90&autoplay=1")
    expect(page.locator(".elsewhere iframe")).to_be_focused()
    assert elsewhere == [f"{SPOTIFY}?t=90&autoplay=1"]
    frame = page.locator(".elsewhere").bounding_box()
    page.evaluate(
        """async (bottom) => {
            const heading = [...document.querySelectorAll(".notes h3")].at(-1);
            while (heading.getBoundingClientRect().top < bottom) await new Promise(requestAnimationFrame);
        }""",
        frame["y"] + frame["height"],
    )


def test_contents_make_the_button_say_it_and_leave_the_focus(open_page):
    make("spotify", "episode/abc", LONG_NOTES)
    page, elsewhere = open_page("/en/1", viewport={"width": 1280, "height": 700})

    page.locator(".contents a").last.click()

    expect(play_here(page, "1:30")).to_be_in_viewport(ratio=1)
    expect(play_here(page, "1:30")).not_to_be_focused()
    assert elsewhere == []


def test_time_within_the_notes_stays_on_the_page(open_page):
    make("spotify", "episode/abc")
    page, _elsewhere = open_page("/en/1")

    page.get_by_role("link", name="途中").click()

    expect(play_here(page, "1:40")).to_be_focused()
    assert page.url.endswith("/en/1")


def test_line_of_the_front_page_stays_on_the_front_page(open_page):
    make("spotify", "episode/abc")
    page, elsewhere = open_page("/en/")

    page.locator(".stretch").last.click()
    play_here(page, "1:30").click()
    expect(shown_in(page)).to_have_text(f"{SPOTIFY}?t=90&autoplay=1")
    page.locator(".stretch").first.click()
    expect(shown_in(page)).to_have_text(f"{SPOTIFY}?t=0&autoplay=1")

    assert page.url.endswith("/en/")
    assert len(elsewhere) == 2


@pytest.mark.parametrize("path", ["/en/1?t=95", "/en/1#t-95"])
def test_frame_begins_at_the_time_of_the_address(open_page, path):
    make("youtube", "abcdefghijk")
    page, elsewhere = open_page(path)

    play_here(page, "1:35").click()

    expect(shown_in(page)).to_have_text(f"{YOUTUBE}?start=95&autoplay=1")
    assert elsewhere == [f"{YOUTUBE}?start=95&autoplay=1"]


def test_frame_that_cannot_be_moved_stays(open_page):
    make("apple", "jp/1/2")
    page, elsewhere = open_page("/en/1")
    page.locator(".notes .time").last.click()
    expect(page.locator(".notes h3").last).to_be_in_viewport()
    play_here(page).click()
    expect(shown_in(page)).to_have_text("https://embed.podcasts.apple.com/jp/podcast/id1?i=2")

    follow(page.locator(".notes .time").last)

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


def test_audio_of_our_own_is_the_first_choice(open_page):
    """Times are those of the audio until the other player is asked for."""
    make("spotify", "episode/abc", audio_url="https://audio.example/1.mp3", audio_seconds=172)
    page, elsewhere = open_page("/en/1#t-90")
    expect(page.locator(".elapsed")).to_have_text("1:30")
    assert elsewhere == []

    play_here(page).click()
    expect(shown_in(page)).to_have_text(f"{SPOTIFY}?autoplay=1")
    follow(page.locator(".notes .time").first)

    expect(shown_in(page)).to_have_text(f"{SPOTIFY}?autoplay=1&t=0")
    expect(page.locator(".elapsed")).to_have_text("1:30")


@pytest.mark.parametrize(("provider", "id"), [("spotify", "pod/show/abc"), ("youtube", "abcdefghijk")])
def test_frame_does_not_cover_the_contents(open_page, provider, id):
    make(provider, id, LONG_NOTES)
    page, _elsewhere = open_page("/en/1", viewport={"width": 1280, "height": 800})
    play_here(page).click()
    expect(shown_in(page)).to_be_visible()

    page.locator(".notes h3").last.evaluate("(heading) => heading.scrollIntoView({ behavior: 'instant' })")
    expect(page.locator(".contents [aria-current]")).to_be_visible()

    frame, contents = page.locator(".elsewhere").bounding_box(), page.locator(".contents").bounding_box()
    heading = page.locator(".notes h3").last.bounding_box()
    assert frame["y"] == 0
    assert contents["y"] >= frame["height"]
    assert heading["y"] >= frame["height"]


@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_script_shows_the_button_without_moving_anything(open_page, width):
    make("spotify", "pod/show/abc", title="たいへん長い題名でも同じこと")
    page, _elsewhere = open_page("/en/episodes/", viewport={"width": width, "height": 800})
    page.route("**/*.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
    place = """JSON.stringify(
        [...document.querySelectorAll(".play-elsewhere, .summary, .notes > :not(button)")].map((each) =>
            each.getBoundingClientRect())
    )"""
    page.goto("/en/1")
    expect(play_here(page)).to_have_count(0)
    before = page.evaluate(place)

    page.unroute("**/*.js")
    page.goto("/en/1")

    expect(play_here(page)).to_be_visible()
    assert page.evaluate(place) == before


def test_front_page_plays_it_too(open_page):
    make("spotify", "episode/abc")
    page, elsewhere = open_page("/en/")
    assert elsewhere == []

    play_here(page).click()

    expect(shown_in(page)).to_have_text(f"{SPOTIFY}?autoplay=1")


def test_without_javascript_it_is_a_link(open_page):
    make("spotify", "episode/abc")
    page, elsewhere = open_page("/en/1", java_script_enabled=False)

    link = page.get_by_role("link", name="Listen on Spotify")

    expect(link).to_have_attribute("href", "https://open.spotify.com/episode/abc")
    expect(link).to_contain_text("open.spotify.com")
    expect(page.locator(".play-here")).to_be_hidden()
    assert elsewhere == []
