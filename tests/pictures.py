"""The pictures of the README, taken of the demo in Chromium: `python -m tests.pictures`.

`desk.png`, `episode.png` and `home.png` are pages. `evening.webp` moves: an editor types a time, the page beside the
form follows, then Save, Publish, and the page as visitors see it. Run it after a change of the look.
"""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, FrameLocator, Page, ViewportSize, expect, sync_playwright

from tests.drills.site import serve_site

FOLDER = Path(__file__).resolve().parent.parent / ".readme"
CHROMIUM = "/usr/bin/chromium"
#: Milliseconds that a slow machine may take for a page.
PATIENCE = 60_000
VIEW: ViewportSize = {"width": 1280, "height": 800}
#: One of the demo's logins, as `make run` prints them.
EDITOR = {"username": "editor", "password": "editor-of-the-demo"}
DRAFT = "時間の結晶は溶けるか"
#: The section of the demo's draft that has no time yet, and the time that is typed.
SECTION, TIME = 5, "1:52"
#: Width of the moving picture, in pixels; its pauses, in milliseconds.
MOVING_WIDTH = 960
TYPED, SHOWN, END = 260, 1300, 2600


def main() -> None:
    with serve_site() as site, sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        url = f"http://127.0.0.1:{site.port}"
        with _page(browser, url) as page:
            _take(page, "/", "home.png")
            _take(page, "/6", "episode.png")
        with _page(browser, url) as page:
            _open_draft(page)
            _save_still(page, "desk.png")
            _film(page)
        browser.close()


@contextmanager
def _page(browser: Browser, url: str) -> Iterator[Page]:
    context = browser.new_context(viewport=VIEW, base_url=url, locale="ja-JP", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def _take(page: Page, path: str, name: str) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    _save_still(page, name)


def _save_still(page: Page, name: str) -> None:
    """Write what is seen with a palette: flat pages need no more colours, and a third of the bytes."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(64, dither=Image.Dither.NONE).save(FOLDER / name, optimize=True)
    _tell(name)


def _open_draft(page: Page) -> None:
    page.goto("/admin/login/?next=/admin/episodes/episode/")
    for field, value in EDITOR.items():
        page.locator(f"[name={field}]").fill(value)
    page.locator("[type=submit]").click()
    page.get_by_role("link", name=DRAFT).first.click()
    expect(_preview(page).locator("h1")).to_be_visible()
    page.wait_for_load_state("networkidle")


def _preview(page: Page) -> FrameLocator:
    return page.frame_locator(".desk-page iframe")


def _film(page: Page) -> None:
    frames: list[tuple[Image.Image, int]] = []

    def shoot(milliseconds: int) -> None:
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        size = (MOVING_WIDTH, MOVING_WIDTH * VIEW["height"] // VIEW["width"])
        frames.append((picture.resize(size, Image.Resampling.LANCZOS), milliseconds))

    shoot(SHOWN)
    time = page.locator(f"[name=sections-{SECTION}-starts_at]")
    time.evaluate("(field) => field.scrollIntoView({block: 'center'})")
    time.click()
    shoot(SHOWN)
    for length in range(1, len(TIME)):  # without events: a slow machine would ask for the page of half a time
        time.evaluate("(field, text) => { field.value = text; }", TIME[:length])
        shoot(TYPED)
    time.fill(TIME)
    shoot(TYPED)
    expect(_preview(page).get_by_text(TIME).first).to_be_visible()
    shoot(END)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".messagelist")).to_be_visible()
    page.wait_for_load_state("networkidle")
    shoot(SHOWN)
    page.get_by_role("button", name="公開", exact=True).click()
    expect(page.locator("[name=is_confirmed]")).to_be_attached()
    shoot(SHOWN)
    page.get_by_role("button", name="公開", exact=True).click()
    expect(page.locator(".messagelist")).to_be_visible()
    page.goto("/7")
    page.wait_for_load_state("networkidle")
    shoot(END)
    first, *others = [picture for picture, _milliseconds in frames]
    durations = [milliseconds for _picture, milliseconds in frames]
    first.save(
        FOLDER / "evening.webp", save_all=True, append_images=others, duration=durations, loop=0, quality=80, method=6
    )
    _tell("evening.webp")


def _tell(name: str) -> None:
    sys.stdout.write(f"{name}: {(FOLDER / name).stat().st_size // 1000} kB\n")


if __name__ == "__main__":
    main()
