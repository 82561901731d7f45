"""Times taken from the audio, against a real file of this device that is never uploaded."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import AUDIO, open_form, save, seek, take_local_audio, wait_for_audio
from tests.factories import make_episode, make_host

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTES = """### 0:00 はじめに

本文

### 1:00 つぎの話

続き

### 2:00 その次

また続き

### お知らせ

おたより
"""


def time_of(page: Page) -> float:
    return page.evaluate("document.querySelector('#stamping audio').currentTime")


def is_playing(page: Page) -> bool:
    return page.evaluate("!document.querySelector('#stamping audio').paused")


def times(page: Page) -> list[str]:
    rows = page.locator("#sections-group .inline-related:not(.empty-form) [name$='-starts_at']")
    return [rows.nth(index).input_value() for index in range(rows.count())]


@pytest.fixture
def page(open_desk) -> Page:
    make_host(name="host")
    return open_desk("host")


def test_stamp_puts_the_time_in_by_button_and_by_key(page):
    episode = make_episode(notes=NOTES)
    sent = []
    page.on("request", lambda request: sent.append(len(request.post_data_buffer or b"")))
    open_form(page, episode)
    take_local_audio(page)

    seek(page, 83.4)
    page.locator("#sections-1").get_by_role("button", name="Stamp").click()
    seek(page, 125)
    page.locator("[name=sections-2-body]").press("ControlOrMeta+;")
    seek(page, 180)
    page.get_by_label("Title").press("ControlOrMeta+;")  # the next one without a time

    assert times(page) == ["0:00", "1:23", "2:05", "3:00"]
    expect(page.locator("#desk-unsaved")).to_have_text("Not saved")
    save(page)
    assert list(episode.sections.order_by("position").values_list("starts_at", flat=True)) == [0, 83, 125, 180]
    # The audio never left the browser, and is there again after the save.
    assert max(sent) < AUDIO.stat().st_size / 10
    wait_for_audio(page)
    assert page.evaluate("document.querySelector('#stamping audio').src").startswith("blob:")


def test_row_plays_from_its_time(page):
    open_form(page, make_episode(notes=NOTES))
    take_local_audio(page)

    page.locator("#sections-1").get_by_role("button", name="Play from here").click()

    wait_for_audio(page, 60)
    assert is_playing(page) and time_of(page) < 75
    page.keyboard.press("ControlOrMeta+.")
    assert not is_playing(page)


def test_pass_over_the_times_plays_ten_seconds_before_and_enter_confirms(page):
    open_form(page, make_episode(notes=NOTES))
    take_local_audio(page)

    page.get_by_role("button", name="Go over the times").click()
    expect(page.locator("[name=sections-0-starts_at]")).to_be_focused()
    page.keyboard.press("Shift+Enter")
    expect(page.locator("[name=sections-1-starts_at]")).to_be_focused()
    expect(page.locator("#stamping-news")).to_contain_text("2 of 3, was 1:00")
    wait_for_audio(page, 50)
    assert is_playing(page) and time_of(page) < 59
    seek(page, 64.9)
    page.keyboard.press("Enter")
    expect(page.locator("[name=sections-2-starts_at]")).to_be_focused()
    wait_for_audio(page, 110)
    seek(page, 121)
    page.keyboard.press("Enter")

    expect(page.locator("#stamping-news")).to_have_text("That was the last time.")
    assert times(page) == ["0:00", "1:04", "2:01", ""]
    assert not is_playing(page)


def test_shift_moves_what_follows_and_can_be_taken_back(page):
    open_form(page, make_episode(notes=NOTES))

    page.locator("[name=sections-1-starts_at]").fill("０：４８")
    page.locator("#sections-1").get_by_role("button", name="Shift from here").click()

    expect(page.locator("#stamping-news")).to_contain_text("Later times moved by −0:12: 1.")
    assert times(page) == ["0:00", "０：４８", "1:48", ""]
    page.locator("#stamping-news").get_by_role("button", name="Undo").click()
    assert times(page)[2] == "2:00"


def test_stamp_without_audio_asks_for_it(page):
    open_form(page, make_episode(notes=NOTES))

    page.locator("#sections-1").get_by_role("button", name="Stamp").click()

    expect(page.locator("#stamping-news")).to_have_text("Choose the audio first.")
    assert times(page)[1] == "1:00"


def test_stamp_in_the_document_goes_into_the_heading_at_the_caret(page):
    open_form(page, make_episode(notes=NOTES), "?notes=document")
    take_local_audio(page)
    notes = page.locator("[name=notes]")
    notes.evaluate("(field) => field.setSelectionRange(...Array(2).fill(field.value.indexOf('また続き')))")

    seek(page, 130)
    page.get_by_role("button", name="Stamp").click()

    expect(notes).to_have_value(NOTES.replace("2:00", "2:10"))
    notes.press("ControlOrMeta+z")
    expect(notes).to_have_value(NOTES)
    notes.press("ControlOrMeta+End")
    notes.press("ControlOrMeta+;")
    expect(notes).to_have_value(NOTES.replace("### お知らせ", "### 2:10 お知らせ"))


def test_new_episode_can_be_stamped(page):
    page.goto("/en/admin/episodes/episode/add/")
    dock, notes = page.locator("#stamping").bounding_box(), page.locator("[name=notes]").bounding_box()
    assert dock["height"] < 60 and dock["y"] - notes["y"] > 200  # of 900 pixels
    take_local_audio(page)
    notes = page.locator("[name=notes]")
    notes.fill("### 話")

    seek(page, 75)
    notes.press("ControlOrMeta+;")

    expect(notes).to_have_value("### 1:15 話")
