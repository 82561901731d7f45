"""An episode on a phone: what plays is in the first view, and nothing breaks that should not."""

import pytest
from playwright.sync_api import Page, expect

from interaxion.content.saving.storing import store
from tests.browser.listening import make_audio_episode
from tests.factories import make_episode, make_speaker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "ざわざわの聞きかたと、つくばの昼ごはん"
SUMMARY = "花粉のなかみの踊り、抵抗が立てる音、雑音が信号を助けるとき、アクシオン探しの静けさについて話しました。" * 2


def top(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["y"]


@pytest.fixture
def speakers():
    return tuple(make_speaker(name=name) for name in ("久世なぎ", "戸川レン", "羽鳥こはる"))


@pytest.fixture
def open_page(browser, live_server, wait_for_server):
    contexts = []

    def open_page(path: str, width: int, height: int = 667, **options) -> Page:
        viewport = {"width": width, "height": height}
        context = browser.new_context(base_url=live_server.url, viewport=viewport, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    wait_for_server()


@pytest.mark.parametrize("path", ["/", "/1"])
def test_controls_are_in_the_first_view(open_page, speakers, path):
    make_audio_episode(title=TITLE, summary=SUMMARY, speakers=speakers)

    page = open_page(path, 375)

    expect(page.locator(".controls")).to_be_in_viewport(ratio=1)
    assert top(page, ".episode-title :is(h1, h2)") < top(page, ".player") < top(page, ".summary") < top(page, ".people")


@pytest.mark.parametrize("path", ["/", "/1"])
def test_button_of_another_site_is_in_the_first_view(open_page, speakers, path):
    make_episode(
        number="1", title=TITLE, summary=SUMMARY, speakers=speakers, live=True,
        player_provider="spotify", player_id="pod/show/abc",
    )  # fmt: skip

    page = open_page(path, 375)

    expect(page.locator(".play-here")).to_be_in_viewport(ratio=1)
    assert top(page, ".elsewhere") < top(page, ".summary")


def test_wider_page_has_the_line_under_all_that_the_episode_is(open_page, speakers):
    make_audio_episode(title=TITLE, summary=SUMMARY, speakers=speakers)

    page = open_page("/1", 768)

    assert top(page, ".summary") < top(page, ".people") < top(page, ".timeline") < top(page, ".player")


def test_length_is_said_beside_the_clock(open_page):
    make_audio_episode(audio_seconds=4210)

    for width in (320, 375):
        page = open_page("/1", width)

        expect(page.locator(".total")).to_have_text(" / 1:10:10")
        assert page.locator(".total").bounding_box()["width"] > 30
        assert page.locator(".controls").bounding_box()["height"] < 110, "two rows, as without it"
        clock, elapsed = page.locator(".clock").bounding_box(), page.locator(".elapsed").bounding_box()
        assert width == 320 or clock["height"] < 1.8 * elapsed["height"], "one line"


@pytest.mark.parametrize("width", [320, 768])
def test_role_of_a_guest_stays_in_one_piece(open_page, width):
    episode = make_audio_episode()
    guest = make_speaker(name="たいへん長い名前をもつ南極観測の研究者ヴィルヘルミーナ・フォン・アクシオン")
    episode.replace_appearances([(guest, "guest")])
    store(episode, user=None)

    page = open_page("/1", width)

    role = page.locator(".people .role")
    lines = (
        "role => { const range = new Range(); range.selectNodeContents(role); return range.getClientRects().length }"
    )
    assert role.evaluate(lines) == 1
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_keys_are_not_said_where_there_are_none(open_page):
    make_audio_episode()

    page = open_page("/en/1", 375, has_touch=True, is_mobile=True)

    expect(page.locator(".controls")).to_be_visible()
    expect(page.locator(".keys")).to_be_hidden()


def test_touched_timeline_names_and_follows_the_section_next_to_the_finger(open_page):
    notes = "".join(f"### {minute}:00 話{minute}\n\n本文。\n\n" for minute in range(24))
    make_episode(number="1", notes=notes, player_provider="spotify", player_id="episode/abc", live=True)
    page = open_page("/1", 375, has_touch=True)
    box = page.locator(".timeline-drawing").bounding_box()
    assert box is not None
    devtools = page.context.new_cdp_session(page)

    def touch(kind: str, *shares: float) -> None:
        points = [{"x": box["x"] + share * box["width"], "y": box["y"] + 28} for share in shares]
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 0.2)
    touch("touchMove", 12 / 24)
    expect(page.locator(".pointed-at")).to_have_text("12:00  話12")
    touch("touchEnd")

    page.wait_for_url("**/1#t-720")
    expect(page.get_by_role("button", name="12:00から再生")).to_be_focused()
