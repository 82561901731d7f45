"""What somebody does at the desk: each step ends when the page has answered."""

import base64
import io

from django.conf import settings
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from episodes.models import Episode

PASSWORD = "a long enough phrase"  # of everybody whom tests/factories.py makes
AUDIO = settings.BASE_DIR / "interaxion" / "sitewide" / "demo" / "site" / "assets" / "audio" / "episode7.mp3"  # 3:06


def fill_in_login(page: Page, name: str) -> None:
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def open_form(page: Page, episode: Episode, query: str = "") -> None:
    page.goto(f"/en/admin/episodes/episode/{episode.pk}/change/{query}")


def save(page: Page, says: str = "was changed successfully") -> None:
    page.evaluate("document.querySelector('.messagelist')?.remove()")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text(says)


def look(page: Page) -> None:
    """Let autosave look at the form now, not in five seconds; it asks the server."""
    with page.expect_response("**/autosave/"):
        look_alone(page)


def look_alone(page: Page) -> None:
    """The same, where the network may be away."""
    page.evaluate("window.dispatchEvent(new Event('online'))")


def paste(field: Locator, *, text: str = "", picture: bytes = b"", event: str = "paste") -> None:
    """What a browser does when somebody pastes or drops; the text goes in as it is where nobody wants it."""
    field.evaluate(
        """(field, [text, picture, name]) => {
            const data = new DataTransfer();
            if (text) data.setData("text/plain", text);
            if (picture) {
                const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
                data.items.add(new File([bytes], "shot.png", {type: "image/png"}));
            }
            const options = {bubbles: true, cancelable: true};
            const event = name === "paste"
                ? new ClipboardEvent("paste", {...options, clipboardData: data})
                : new DragEvent("drop", {...options, dataTransfer: data});
            const isLeft = field.dispatchEvent(event);
            if (isLeft && text) document.execCommand("insertText", false, text);
        }""",
        [text, base64.b64encode(picture).decode(), event],
    )


def compose(page: Page, reading: str, word: str) -> None:
    """A Japanese word as an input method types it, where the caret is."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Input.imeSetComposition", {"text": reading, "selectionStart": len(reading), "selectionEnd": 0})
    devtools.send("Input.insertText", {"text": word})


def red_picture() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(stream, "PNG")
    return stream.getvalue()


def take_local_audio(page: Page) -> None:
    page.get_by_label("Choose audio").set_input_files(AUDIO)
    wait_for_audio(page)


def wait_for_audio(page: Page, seconds: float = 0) -> None:
    """Until it is known and has been played as far as this. (Playwright's own waiting would need eval.)"""
    page.evaluate(
        """async (seconds) => {
            const audio = document.querySelector("#stamping audio");
            while (audio.readyState < 1 || audio.currentTime < seconds) await new Promise(requestAnimationFrame);
        }""",
        seconds,
    )


def seek(page: Page, seconds: float) -> None:
    """Where the host has listened to; the player is still."""
    page.evaluate(
        """(seconds) => {
            const audio = document.querySelector("#stamping audio");
            audio.pause();
            audio.currentTime = seconds;
        }""",
        seconds,
    )


def violations(page: Page, axe_source: str, **options: list[str]) -> list[tuple[str, list[str]]]:
    """What axe finds wrong: the rule, and the places that break it. The context needs `bypass_csp`."""
    page.evaluate(axe_source)
    result = page.evaluate("async (options) => await axe.run(document, options)", options)
    return [(broken["id"], [node["target"] for node in broken["nodes"]]) for broken in result["violations"]]
