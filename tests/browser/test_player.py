"""The player of an episode, playing real audio: every wait is for a state of the page, never for a time."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from episodes.podcast import Podcast
from interaxion.content.saving.storing import store
from tests.browser.listening import (
    expect_hash_change,
    is_playing,
    pause,
    play,
    point_of,
    position_of,
    slider,
    wait_until,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_button_plays_and_pauses(open_player):
    page = open_player()
    expect(page.locator("audio[controls]")).to_have_count(0)

    play(page)
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    pause(page)

    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_nothing_of_the_audio_is_asked_for_before_it_plays(open_player):
    page = open_player("/en/episodes/")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/media/" in request.url else None)
    page.goto("/en/1?t=70")
    expect(slider(page)).to_have_value("70")
    assert asked == []

    play(page)

    assert asked != []


def test_script_takes_over_without_moving_anything(open_player, live_server):
    for width in (320, 768, 1280):
        page = open_player("/en/episodes/", viewport={"width": width, "height": 800})
        page.route("**/*.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
        place = """JSON.stringify(
            [...document.querySelectorAll(".notes > :not(button)")].map((each) => each.getBoundingClientRect())
        )"""
        page.goto("/en/1")
        before = page.evaluate(place)

        page.unroute("**/*.js")
        page.goto("/en/1")

        expect(slider(page)).to_be_visible()
        assert page.evaluate(place) == before


@pytest.mark.parametrize("path", ["/en/1", "/en/"])
def test_line_seeks_where_it_is_pressed(open_player, path):
    page = open_player(path)

    page.mouse.click(*point_of(page, 100))

    expect(page.locator(".elapsed")).to_have_text(re.compile("1:(39|40|41)"))
    assert position_of(page) == pytest.approx(100, abs=1)
    assert slider(page).get_attribute("aria-valuetext").endswith("つぎの話")


def test_mark_of_a_section_draws_the_pointer_to_itself_and_says_its_name(open_player):
    page = open_player()
    x, y = point_of(page, 60)

    page.mouse.move(x + 6, y)
    expect(page.locator(".pointed-at")).to_have_text("1:00  つぎの話")
    page.mouse.click(x + 6, y)

    expect(page.locator(".elapsed")).to_have_text("1:00")
    assert position_of(page) == 60


@pytest.mark.parametrize("scale", [1, 1.25, 1.5, 2])
def test_line_comes_in_from_the_edge_as_thick_as_it_goes_on(open_player, scale):
    page = open_player(device_scale_factor=scale)
    expect(slider(page)).to_be_visible()
    x, y = point_of(page, 30)

    def column(left: float) -> list:
        clip = {"x": left, "y": y - 6, "width": 1, "height": 12}
        picture = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")
        return [picture.getpixel((0, row)) for row in range(picture.height)]

    assert len(set(column(x))) > 1, "there is a line"
    assert column(x) == column(12)


def test_every_timed_section_has_a_mark(open_player):
    page = open_player()

    assert page.locator(".timeline .vertex").count() == 3
    assert page.locator(".timeline .vertex").last.get_attribute("cx") == "64.52%"


def test_marks_move_where_the_length_was_guessed_wrong(open_player, audio_episode):
    type(audio_episode).objects.update(audio_seconds=None)
    page = open_player()

    page.locator(".timeline-drawing").wait_for()
    assert page.locator(".timeline .vertex").last.get_attribute("cx") == "66.67%"
    play(page)

    expect(page.locator(".total")).to_have_text(re.compile(r" / 3:0\d"))
    assert float(page.locator(".timeline .vertex").last.get_attribute("cx").rstrip("%")) == pytest.approx(64.5, abs=0.3)


def test_time_beside_a_heading_seeks_and_plays(open_player):
    page = open_player()

    page.locator(".notes .time").last.click()

    wait_until(page, "!audio.paused && audio.currentTime > 120")
    expect(page.locator(".now-section")).to_have_text("その次")
    expect(page.locator(".contents [aria-current]")).to_have_attribute("href", "#t-120")
    assert float(page.locator(".played").last.get_attribute("width").rstrip("%")) > 60
    assert page.url.endswith("#t-120")


def test_player_stays_in_sight_above_the_section_that_is_gone_to(open_player):
    page = open_player(viewport={"width": 1280, "height": 500})

    page.locator(".notes .time").last.click()

    expect(page.locator(".notes h3").last).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Pause")).to_be_in_viewport(ratio=1)
    controls, heading = page.locator(".controls").bounding_box(), page.locator(".notes h3").last.bounding_box()
    assert controls["y"] + controls["height"] <= heading["y"]


def test_time_within_the_notes_seeks_to_any_second(open_player):
    page = open_player()

    page.get_by_role("link", name="途中").click()

    wait_until(page, "!audio.paused && audio.currentTime > 100")
    assert page.url.endswith("/en/1")


def test_contents_move_what_plays_and_start_nothing(open_player):
    page = open_player()
    last = page.locator(".contents a").last

    expect_hash_change(page)
    last.click()
    page.evaluate("changed")
    assert not is_playing(page) and position_of(page) == 0
    play(page)
    last.click()

    wait_until(page, "audio.currentTime >= 120")
    assert is_playing(page)


def test_dragging_says_where_it_would_lead_and_seeks_at_the_end(open_player):
    page = open_player()
    page.mouse.move(*point_of(page, 0))

    page.mouse.down()
    page.mouse.move(*point_of(page, 90), steps=4)
    expect(page.locator(".elapsed")).to_have_text(re.compile("1:(29|30|31)"))
    expect(page.locator(".now-section")).to_have_text("つぎの話")
    assert position_of(page) == 0
    page.mouse.up()

    wait_until(page, "Math.abs(audio.currentTime - 90) < 1.5")


@pytest.mark.parametrize("button", ["left", "right"])
def test_line_goes_on_after_a_press_that_moves_nothing(open_player, button):
    page = open_player("/en/1?t=60")
    expect(slider(page)).to_have_value("60")

    page.mouse.click(*point_of(page, 60 if button == "left" else 150), button=button)
    page.get_by_role("button", name="+30 seconds").click()

    expect(slider(page)).to_have_value("90")
    assert float(page.locator(".played").last.get_attribute("width").rstrip("%")) > 45


def test_line_goes_on_after_it_was_dragged_away_and_back(open_player):
    page = open_player("/en/1?t=64")
    expect(slider(page)).to_have_value("64")

    page.mouse.move(*point_of(page, 64))
    page.mouse.down()
    page.mouse.move(*point_of(page, 150), steps=3)
    expect(page.locator(".now-section")).to_have_text("その次")
    page.mouse.move(*point_of(page, 64), steps=3)
    page.mouse.up()

    expect(page.locator(".elapsed")).to_have_text("1:04")
    page.get_by_role("button", name="+30 seconds").click()
    expect(slider(page)).to_have_value("94")


def test_line_seeks_where_it_is_tapped(open_player):
    page = open_player(has_touch=True, viewport={"width": 375, "height": 700})
    expect(slider(page)).to_be_visible()

    page.touchscreen.tap(*point_of(page, 100))

    wait_until(page, "Math.abs(audio.currentTime - 100) < 2")
    expect(page.locator(".now-section")).to_have_text("つぎの話")


def test_address_with_a_time_begins_there(open_player):
    page = open_player()
    for spelling, seconds in {
        "#t-60": 60, "#t-75": 75, "?t=100": 100, "?t=1m40s": 100, "?t=1:40": 100, "?t=100#t-60": 60, "?t=9999": 186,
    }.items():  # fmt: skip
        page.goto("about:blank")
        page.goto("/en/1" + spelling)

        expect(slider(page)).to_have_value(str(seconds))
        assert position_of(page) == seconds, spelling
        assert not is_playing(page)


def test_time_typed_into_the_open_page_moves_and_starts_nothing(open_player):
    page = open_player("/en/1?t=30", viewport={"width": 1280, "height": 500})

    page.evaluate("location.hash = '#t-120'")

    expect(slider(page)).to_have_value("120")
    expect(page.locator(".notes h3").last).to_be_in_viewport(ratio=1)
    assert not is_playing(page)
    page.evaluate("location.hash = '#t-75'")  # within a section
    expect(slider(page)).to_have_value("75")
    expect(page.get_by_role("heading", name="つぎの話")).to_be_in_viewport(ratio=1)
    expect_hash_change(page)
    page.evaluate("location.hash = ''")
    page.evaluate("changed")
    expect(slider(page)).to_have_value("75")


def test_time_typed_into_the_open_page_moves_what_plays(open_player):
    page = open_player()
    play(page)

    page.evaluate("location.hash = '#t-120'")

    wait_until(page, "audio.currentTime >= 120")
    assert is_playing(page)


def test_time_that_is_clicked_moves_what_plays_once(open_player):
    page = open_player()
    play(page)
    page.evaluate(
        """() => {
            window.seeks = 0;
            document.querySelector(".audio").addEventListener("seeking", () => (window.seeks += 1));
        }"""
    )

    expect_hash_change(page)
    page.locator(".notes .time").last.click()
    page.evaluate("changed")
    wait_until(page, "audio.currentTime > 120 && !audio.seeking")

    assert page.evaluate("seeks") == 1
    page.evaluate("location.hash = '#t-60'")
    wait_until(page, "audio.currentTime < 120")
    page.evaluate("location.hash = '#t-120'")  # typed now: what was clicked before is forgotten
    wait_until(page, "audio.currentTime >= 120")


def test_link_without_a_time_plays_nothing_on_a_page_with_one(open_player):
    page = open_player("/en/1?t=70")
    expect(slider(page)).to_have_value("70")

    expect_hash_change(page)
    page.locator("a.skip").focus()
    page.keyboard.press("Enter")
    page.evaluate("changed")

    assert page.url.endswith("/en/1?t=70#main")
    assert not is_playing(page)


def test_address_with_a_place_that_cannot_be_read_begins_at_its_time(open_player):
    page = open_player("/en/1?t=5#%E0%A4%A")

    expect(slider(page)).to_have_value("5")
    page.locator(".notes .time").last.click()
    wait_until(page, "!audio.paused && audio.currentTime > 120")


def test_address_with_a_time_within_a_section_leads_to_that_section(open_player):
    page = open_player("/en/1#t-75", viewport={"width": 1280, "height": 500})

    heading = page.get_by_role("heading", name="つぎの話")
    expect(heading).to_be_in_viewport(ratio=1)
    controls, place = page.locator(".controls").bounding_box(), heading.bounding_box()
    assert controls["y"] + controls["height"] <= place["y"]


def test_playing_begins_at_the_time_of_the_address(open_player):
    page = open_player("/en/1?t=100")

    play(page)

    assert 100 < position_of(page) < 110


def test_address_with_no_time_begins_at_the_beginning(open_player):
    page = open_player()
    for spelling in ("?t=", "?t=soon", "?t=-5", "#t-x"):
        page.goto("about:blank")
        page.goto("/en/1" + spelling)

        expect(slider(page)).to_have_value("0")
        assert position_of(page) == 0, spelling


def test_buttons_skip(open_player):
    page = open_player("/en/1?t=60")

    page.get_by_role("button", name="+30 seconds").click()
    expect(page.locator(".elapsed")).to_have_text("1:30")
    page.get_by_role("button", name="−15 seconds").click()

    expect(page.locator(".elapsed")).to_have_text("1:15")


def test_keys_work_within_the_player(open_player):
    page = open_player("/en/1?t=65")
    slider(page).focus()

    for key, shown in [
        ("l", "1:35"),
        ("j", "1:20"),
        ("ArrowRight", "1:25"),
        ("ArrowLeft", "1:20"),
        ("PageUp", "2:00"),
        ("PageDown", "1:00"),
        ("Home", "0:00"),
        ("End", "3:06"),
        ("Home", "0:00"),
    ]:
        page.keyboard.press(key)
        expect(page.locator(".elapsed"), key).to_have_text(shown)
    assert slider(page).get_attribute("aria-valuetext") == "0:00 はじめに"
    page.keyboard.press(" ")
    wait_until(page, "!audio.paused")
    page.keyboard.press("k")
    wait_until(page, "audio.paused")


def test_keys_mean_nothing_to_the_player_elsewhere(open_player):
    page = open_player("/en/1?t=65")
    expect(page.locator(".elapsed")).to_have_text("1:05")

    page.locator(".notes .time").first.focus()
    page.keyboard.press("l")
    page.keyboard.press("k")
    page.get_by_role("combobox", name="Speed").focus()
    page.keyboard.press("l")
    page.keyboard.press("ArrowRight")

    expect(page.locator(".elapsed")).to_have_text("1:05")
    assert not is_playing(page)


def test_keys_are_said_to_all_who_have_some(open_player):
    page = open_player()

    page.get_by_text("Keys", exact=True).click()

    expect(page.get_by_text("15 seconds back, 30 seconds on")).to_be_visible()
    buttons = page.locator(".controls [aria-keyshortcuts]")
    assert [each.get_attribute("aria-keyshortcuts") for each in buttons.all()] == ["K Space", "J", "L"]


def test_keys_open_what_says_them(open_player):
    page = open_player()
    expect(slider(page)).to_be_visible()

    page.get_by_text("Keys", exact=True).focus()
    page.keyboard.press(" ")

    expect(page.locator(".keys[open]")).to_be_visible()
    assert not is_playing(page)


@pytest.mark.parametrize("speed", ["0.5", "3"])
def test_slowest_and_fastest_speed(open_player, speed):
    page = open_player()

    page.get_by_role("combobox", name="Speed").select_option(speed)
    play(page)

    assert page.evaluate("document.querySelector('.audio').playbackRate") == float(speed)


def test_speed_is_remembered(open_player):
    page = open_player()

    page.get_by_role("combobox", name="Speed").select_option("1.5")
    page.reload()

    expect(page.get_by_role("combobox", name="Speed")).to_have_value("1.5")
    play(page)
    assert page.evaluate("document.querySelector('.audio').playbackRate") == 1.5


def test_player_works_where_nothing_may_be_remembered(browser, live_server, open_player):
    page = open_player("/en/episodes/")
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden') } })")

    page.goto("/en/1")
    page.get_by_role("combobox", name="Speed").select_option("2")
    play(page)
    pause(page)

    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_link_to_the_moment_is_copied_and_leads_there(open_player, live_server):
    page = open_player("/en/1?t=75", permissions=["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Copy link here").click()

    expect(page.get_by_role("status").filter(has_text="Link copied")).to_contain_text("/en/1?t=75")
    address = page.evaluate("navigator.clipboard.readText()")
    assert address == f"{live_server.url}/en/1?t=75"
    page.goto(address)
    expect(page.locator(".elapsed")).to_have_text("1:15")


def test_link_to_a_section_is_copied_from_its_heading(open_player, live_server):
    page = open_player("/en/1?t=5", permissions=["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Copy link to “つぎの話”").click()

    expect(page.get_by_role("status").filter(has_text="Link copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{live_server.url}/en/1#t-60"
    assert page.get_by_role("heading", name="1:00 つぎの話", exact=True).count() == 1


def test_link_that_cannot_be_copied_is_shown(open_player, live_server):
    page = open_player("/en/episodes/")
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden'))")
    page.goto("/en/1?t=75")

    page.get_by_role("button", name="Copy link here").click()

    field = page.get_by_role("textbox", name="Copy this address")
    expect(field).to_be_focused()
    expect(field).to_have_value(f"{live_server.url}/en/1?t=75")
    assert page.evaluate("document.activeElement.selectionEnd") == len(f"{live_server.url}/en/1?t=75")
    page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    expect(page.get_by_role("button", name="Copy link here")).to_be_focused()


def test_media_keys_know_the_episode(open_player):
    page = open_player()

    play(page)

    session = page.evaluate(
        "({title: navigator.mediaSession.metadata.title, show: navigator.mediaSession.metadata.artist})"
    )
    assert session == {"title": "1: はじめの回", "show": "Interaxion"}


def test_contents_follow_the_reader_while_nothing_plays(open_player):
    page = open_player(viewport={"width": 1280, "height": 400})

    page.locator(".notes h3").nth(1).evaluate("(heading) => heading.scrollIntoView()")
    expect(page.locator(".contents [aria-current]")).to_have_attribute("href", "#t-60")
    page.evaluate("scrollTo(0, 0)")

    expect(page.locator(".contents [aria-current]")).to_have_count(0)


def test_audio_that_is_gone_says_so_and_can_be_tried_again(open_player):
    page = open_player("/en/1?t=70")
    page.route("**/media/**", lambda route: route.fulfill(status=200, content_type="audio/mpeg", body="none"))
    button, trouble = page.get_by_role("button", name="Play", exact=True), page.get_by_role("alert")

    button.click()
    expect(trouble).to_have_text("The audio cannot be loaded.")
    page.unroute_all()
    button.click()

    wait_until(page, "audio.currentTime > 70")
    expect(trouble).to_be_empty()


def test_episode_without_times_has_a_plain_line(open_player, audio_episode):
    store(audio_episode, user=None, write_related=lambda: audio_episode.replace_sections("本文だけ。\n"))
    page = open_player()

    slider(page).focus()
    page.keyboard.press("l")

    expect(page.locator(".elapsed")).to_have_text("0:30")
    expect(page.locator(".bare")).to_be_visible()


def test_page_says_where_to_subscribe(open_player):
    Podcast(pk=1, title="番組", subscribe_links=["https://open.spotify.com/show/x"]).save()

    page = open_player()

    expect(page.get_by_role("group", name="Player").get_by_role("link", name="Spotify")).to_be_visible()


def test_player_is_not_printed(open_player):
    page = open_player("/en/1?t=75")
    expect(page.locator(".controls")).to_be_visible()

    page.emulate_media(media="print")

    expect(page.locator(".controls")).to_be_hidden()
    expect(slider(page)).to_be_hidden()
    expect(page.locator(".copy-section").first).to_be_hidden()
    expect(page.locator(".listen-foot")).to_be_hidden()
    expect(page.locator(".letter-link")).to_be_hidden()
    expect(page.locator(".timeline-drawing")).to_be_visible()


def test_without_javascript_the_browser_plays_and_times_are_links(open_player):
    page = open_player(java_script_enabled=False)

    assert page.locator("audio[controls]").is_visible()
    assert page.get_by_role("button", name="Copy link").count() == 0
    assert not page.get_by_text("Keys", exact=True).is_visible()
    page.locator(".contents a").last.click()

    assert page.url.endswith("#t-120")


def test_targets_are_large_enough_on_a_phone(open_player):
    page = open_player("/en/1?t=75", viewport={"width": 320, "height": 640})
    expect(slider(page)).to_be_visible()

    sizes = page.evaluate(
        """[...document.querySelectorAll(".listen :is(button, select, input, a):not(svg *)")].map((each) => {
            const { width, height } = each.getBoundingClientRect();
            return [each.className, Math.min(width, height)];
        })"""
    )

    assert [name for name, size in sizes if 0 < size < 24] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
