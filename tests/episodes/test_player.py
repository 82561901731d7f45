"""The player in a browser: times seek, and everything works as links without JavaScript."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files import File
from playwright.sync_api import expect

from tests.factories import make_episode

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AUDIO = Path(settings.BASE_DIR) / "interaxion" / "sitewide" / "demo" / "assets" / "audio" / "episode1.mp3"
NOTES = "### 0:00 はじめに\n\n本文。\n\n### 1:30 つぎの話\n\n本文。\n"


@pytest.fixture
def episode():
    with AUDIO.open("rb") as file:
        return make_episode(
            number="1",
            notes=NOTES,
            audio_file=File(file, "one.mp3"),
            audio_bytes=AUDIO.stat().st_size,
            audio_type="audio/mpeg",
            audio_seconds=172,
            publish_at=datetime(2026, 1, 16, tzinfo=UTC),
        )


def position_of(page) -> float:
    return page.evaluate("document.querySelector('.audio').currentTime")


def serve_in_ranges(route) -> None:
    """The test server answers for media itself, without the ranges that our view has and seeking needs."""
    data = AUDIO.read_bytes()
    first = int(route.request.headers.get("range", "bytes=0-").removeprefix("bytes=").partition("-")[0])
    content_range = f"bytes {first}-{len(data) - 1}/{len(data)}"
    headers = {"Content-Type": "audio/mpeg", "Accept-Ranges": "bytes", "Content-Range": content_range}
    route.fulfill(status=206, headers=headers, body=data[first:])


def test_time_beside_a_heading_seeks_and_plays(browser, live_server, episode):
    page = browser.new_page()
    page.route("**/media/**", serve_in_ranges)
    page.goto(live_server.url + "/1")

    page.locator(".notes .time").last.click()

    expect(page.locator(".contents [aria-current]")).to_have_attribute("href", "#t-90")
    assert position_of(page) >= 90
    assert not page.evaluate("document.querySelector('.audio').paused")
    assert float(page.locator(".played").last.get_attribute("width").rstrip("%")) > 50


@pytest.mark.parametrize("spelling", ["#t-90", "?t=90"])
def test_address_with_a_time_begins_there(browser, live_server, episode, spelling):
    page = browser.new_page()

    page.goto(f"{live_server.url}/1{spelling}")

    assert position_of(page) == 90


def test_without_javascript_a_time_is_a_link_to_its_section(browser, live_server, episode):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + "/1")

    page.locator(".contents a").last.click()

    assert page.url.endswith("#t-90")
    assert page.locator("audio[controls]").is_visible()


def test_menu_opens_without_javascript(browser, live_server, episode):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(live_server.url + "/1")
    assert not page.locator("#navigation").is_visible()

    page.locator("[popovertarget=navigation]").click()

    assert page.locator("#navigation a").first.is_visible()


@pytest.mark.parametrize("width", [320, 375, 640, 768, 1000, 1280, 1600])
def test_page_never_scrolls_sideways(browser, live_server, episode, width):
    page = browser.new_page(viewport={"width": width, "height": 800})

    for path in ("/", "/1", "/episodes/", "/tags/", "/nowhere"):
        page.goto(live_server.url + path)

        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
