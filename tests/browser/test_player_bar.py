"""What stays in sight of the player has a line of its own, once the timeline is out of sight."""

import pytest
from playwright.sync_api import expect

from interaxion.content.saving.storing import store
from tests.browser.listening import NOTES, SECONDS, is_playing, play, position_of, slider, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def long_episode(audio_episode):
    notes = NOTES.replace("本文。", "本文。\n\n" * 30)
    store(audio_episode, user=None, write_related=lambda: audio_episode.replace_sections(notes))


def bar(page):
    return page.locator(".bar-line").get_by_role("slider", name="Position")


@pytest.mark.parametrize("width", [375, 1280])
def test_line_in_the_bar_seeks(open_player, long_episode, width):
    page = open_player(viewport={"width": width, "height": 667})
    play(page)
    expect(bar(page)).to_have_count(0)

    page.locator(".notes h3").last.scroll_into_view_if_needed()
    expect(bar(page)).to_be_in_viewport(ratio=1)
    line = page.locator(".bar-line svg").bounding_box()
    page.mouse.click(line["x"] + line["width"] / 2, line["y"] + 8)

    wait_until(page, f"Math.abs(audio.currentTime - {SECONDS / 2}) < 4")
    expect(page.locator(".now-section")).to_have_text("つぎの話")
    assert 45 < float(page.locator(".bar-line .played").last.get_attribute("width").rstrip("%")) < 55
    assert is_playing(page)
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    expect(bar(page)).to_have_count(0)
    assert int(slider(page).input_value()) > 80


def test_line_in_the_bar_hears_the_same_keys(open_player, long_episode):
    page = open_player("/en/1#t-120")
    bar(page).focus()

    page.keyboard.press("PageDown")
    expect(page.locator(".elapsed")).to_have_text("1:00")
    page.keyboard.press("ArrowRight")

    expect(page.locator(".elapsed")).to_have_text("1:05")
    expect(bar(page)).to_have_value("65")
    assert position_of(page) == 65


def test_line_in_the_bar_takes_no_room(open_player, long_episode):
    page = open_player("/en/1#t-120")
    expect(bar(page)).to_be_visible()
    place = "document.querySelector('.notes').getBoundingClientRect().top + scrollY"
    before = page.evaluate(place)

    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")

    expect(bar(page)).to_have_count(0)
    assert page.evaluate(place) == before


def test_who_has_not_played_yet_has_no_bar(open_player, long_episode):
    page = open_player()

    page.locator(".notes h3").last.scroll_into_view_if_needed()

    expect(page.locator(".player.stuck")).to_have_count(1)
    expect(bar(page)).to_have_count(0)
    expect(page.locator(".controls")).not_to_be_in_viewport()


def test_clock_goes_with_the_hand_while_it_plays(open_player):
    """What plays on meanwhile does not say its own time."""
    page = open_player("/en/1?t=10")
    play(page)
    box = page.locator(".timeline-drawing").bounding_box()

    page.mouse.move(box["x"] + box["width"] / 4, box["y"] + 28)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 28, steps=3)
    page.evaluate("document.querySelector('.elapsed').textContent = 'kept'")
    page.evaluate(
        """() => new Promise((told) => {
            document.querySelector(".audio").addEventListener("timeupdate", () => setTimeout(told), { once: true });
        })"""
    )

    expect(page.locator(".elapsed")).to_have_text("kept")
    page.mouse.up()
    wait_until(page, "audio.currentTime > 140")


def test_focus_that_goes_through_the_bar_leaves_the_page_where_it_is(open_player, long_episode):
    page = open_player(reduced_motion="reduce")
    page.locator(".notes .time").last.click()
    wait_until(page, "audio.currentTime > 120")
    expect(bar(page)).to_be_in_viewport(ratio=1)
    place = page.evaluate("scrollY")
    page.get_by_role("button", name="Pause").evaluate("(button) => button.focus({ preventScroll: true })")

    for _ in range(7):
        page.keyboard.press("Tab")
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    expect(bar(page)).to_be_focused()
    assert page.evaluate("scrollY") == place
