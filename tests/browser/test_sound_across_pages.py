"""Sound that goes on while a listener follows links: real audio, every wait for a state of the page."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.listening import make_audio_episode, play, position_of, wait_until
from tests.factories import make_post, make_speaker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def show(audio_episode):
    speaker = make_speaker(name="岡", slug="oka")
    make_audio_episode(number="2", title="つぎの回", guid="two", tags=("光",), speakers=(speaker,))
    make_post(title="便り", body="本文", live=True)


def follow(page, link, path: str) -> None:
    """Follow a link within the site, and wait until its page has come without a reload."""
    link.click()
    page.wait_for_url(re.compile(re.escape(path) + "$"))
    expect(page.locator("html:not([aria-busy])")).to_be_attached()


def test_sound_goes_on_over_five_pages_and_back(open_player, show):
    page = open_player("/en/episodes/")
    page.evaluate("window.isSameDocument = true")
    row = page.locator(".index-row", has_text="つぎの回")

    row.get_by_role("button", name="Play 2: つぎの回").click()
    wait_until(page, "audio.currentTime > 0.2")
    expect(row.get_by_role("button", name="Pause 2: つぎの回")).to_be_visible()
    dock = page.get_by_role("complementary", name="Player")
    follow(page, row.get_by_role("link"), "/en/2")
    expect(dock).to_be_hidden()
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.locator(".arrival")).to_have_text(re.compile("つぎの回"))
    follow(page, page.get_by_role("link", name="光"), "/en/tags/%E5%85%89/")
    expect(dock.get_by_role("link", name="つぎの回")).to_be_visible()
    follow(page, page.get_by_role("navigation").get_by_role("link", name="Speakers"), "/en/speakers/")
    follow(page, page.get_by_role("link", name="岡"), "/en/speakers/oka/")
    expect(page).to_have_title(re.compile("岡"))
    page.locator("#q").fill("便り")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search?q=*")
    expect(page.get_by_role("link", name="便り")).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Speakers")

    assert page.evaluate("isSameDocument")
    before = position_of(page)
    wait_until(page, f"!audio.paused && audio.currentTime > {before}")
    dock.get_by_role("button", name="Close").click()
    expect(page.locator(".audio")).to_have_count(0)
    page.get_by_role("link", name="岡").click()
    page.wait_for_url("**/en/speakers/oka/")
    assert page.evaluate("window.isSameDocument") is None


def test_player_of_a_page_takes_the_place_of_the_dock_and_keeps_its_moments(open_player, show):
    page = open_player("/en/1?t=70")
    play(page)
    follow(page, page.get_by_role("navigation").get_by_role("link", name="Episodes"), "/en/episodes/")
    dock = page.get_by_role("complementary", name="Player")
    follow(page, dock.get_by_role("link", name="つぎの話"), "/en/1#t-60")
    wait_until(page, "!audio.paused && audio.currentTime < 70")
    expect(page.get_by_role("heading", name="つぎの話")).to_be_in_viewport(ratio=1)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Episodes")

    follow(page, page.locator(".index-row").get_by_role("link", name="つぎの回"), "/en/2")
    expect(dock).to_be_visible()
    expect(page.locator(".listen .trouble")).to_be_empty()
    page.locator(".listen").get_by_role("button", name="Play", exact=True).click()
    expect(dock).to_have_count(0)
    wait_until(page, "!audio.paused")
    page.go_back()
    expect(dock.get_by_role("link", name="つぎの回")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("はじめの回"))
    expect(page.get_by_role("button", name="Resume")).to_be_visible()


def test_hit_of_a_search_plays_from_its_time(open_player, show):
    page = open_player("/en/search?q=その次")

    page.get_by_role("button", name="Play 2: つぎの回 2:00").click()

    wait_until(page, "!audio.paused && audio.currentTime > 120")
    assert position_of(page) < 130


def test_lists_offer_plain_links_without_javascript(browser, live_server, wait_for_server, show):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()

    page.goto("/en/episodes/")
    expect(page.locator("main button:visible")).to_have_text(["Filter"])
    page.get_by_role("link", name="つぎの回").click()

    expect(page.locator("audio[controls]")).to_be_visible()
    context.close()
    wait_for_server()
