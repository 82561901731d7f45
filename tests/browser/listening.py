"""What a listener does with the player, and an episode to do it with: every wait is for a state of the page."""

from datetime import UTC, datetime
from typing import Any

from django.core.files import File
from playwright.sync_api import Locator, Page

from episodes.models import Episode
from tests.browser.steps import AUDIO  # 3:06
from tests.factories import make_episode

SECONDS = 186
NOTES = """### 0:00 はじめに

本文。[途中](?t=100)のこと。

### 1:00 つぎの話

本文。

### 2:00 その次

本文。
"""


def make_audio_episode(**fields) -> Episode:
    with AUDIO.open("rb") as file:
        given: dict[str, Any] = {"number": "1", "title": "はじめの回", "notes": NOTES, "audio_seconds": SECONDS}
        return make_episode(
            audio_file=File(file, "one.mp3"),
            audio_bytes=AUDIO.stat().st_size,
            audio_type="audio/mpeg",
            publish_at=datetime(2026, 1, 16, tzinfo=UTC),
            **given | fields,
        )


def serve_in_ranges(route) -> None:
    """The test server answers for media itself, without the ranges that our view has and seeking needs."""
    data = AUDIO.read_bytes()
    first = int(route.request.headers.get("range", "bytes=0-").removeprefix("bytes=").partition("-")[0])
    content_range = f"bytes {first}-{len(data) - 1}/{len(data)}"
    headers = {"Content-Type": "audio/mpeg", "Accept-Ranges": "bytes", "Content-Range": content_range}
    route.fulfill(status=206, headers=headers, body=data[first:])


def position_of(page: Page) -> float:
    return page.evaluate("document.querySelector('.audio').currentTime")


def is_playing(page: Page) -> bool:
    return page.evaluate("!document.querySelector('.audio').paused")


def wait_until(page: Page, condition: str) -> None:
    """Until this is true of `audio`. (Playwright's own waiting would need eval, which the policy forbids.)"""
    page.evaluate(
        f"""async () => {{
            const audio = document.querySelector(".audio");
            while (!({condition})) await new Promise((resolve) => setTimeout(resolve, 20));
        }}"""
    )


def play(page: Page) -> None:
    before = position_of(page)
    page.get_by_role("button", name="Play", exact=True).click()
    wait_until(page, f"audio.currentTime > {before}")


def pause(page: Page) -> None:
    page.get_by_role("button", name="Pause").click()
    wait_until(page, "audio.paused")


def point_of(page: Page, seconds: float) -> tuple[float, float]:
    """Where the line stands for this second."""
    box = page.locator(".timeline-drawing").bounding_box()
    assert box is not None
    return box["x"] + box["width"] * seconds / SECONDS, box["y"] + 28


def expect_hash_change(page: Page) -> None:
    """From here `window.changed` waits until the page has dealt with the next change of its hash."""
    page.evaluate(
        """() => {
            window.changed = new Promise((resolve) => addEventListener("hashchange", () => resolve()));
        }"""
    )


def slider(page: Page) -> Locator:
    """The one of the timeline; the bar has another while it is all there is to be seen of the player."""
    return page.get_by_role("slider", name="Position").first
