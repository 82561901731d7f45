"""Where the listener stopped: nothing that they do by the way loses it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.listening import is_playing, pause, play, position_of, slider, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORED = "Number(Object.entries(localStorage).find(([name]) => name.startsWith('position'))[1])"


@pytest.fixture
def stopped(open_player) -> Page:
    """The page of a listener who stopped a little after 1:00."""
    page = open_player("/en/1?t=60")
    play(page)
    wait_until(page, "audio.currentTime > 60.5")
    pause(page)
    return page


def resume(page: Page):
    return page.get_by_role("button", name=re.compile(r"^Resume at 1:0\d$"))


def afresh(page: Page):
    return page.get_by_role("button", name="From the beginning")


@pytest.mark.parametrize("path", ["/en/1", "/en/", "/en/1#notes"])
def test_play_goes_on_where_the_listener_stopped(stopped, path):
    stopped.goto(path)
    expect(resume(stopped)).to_be_visible()
    assert 60 <= position_of(stopped) < 70
    assert not is_playing(stopped)

    play(stopped)

    assert 60 < position_of(stopped) < 70
    assert stopped.evaluate(STORED) >= 60
    expect(resume(stopped)).to_have_count(0)
    expect(afresh(stopped)).to_have_count(0)


def test_first_visitor_is_offered_nothing(open_player):
    page = open_player()

    expect(slider(page)).to_have_value("0")
    expect(page.get_by_role("button", name="Resume")).to_have_count(0)
    expect(afresh(page)).to_have_count(0)


def test_listener_may_begin_again(stopped):
    stopped.goto("/en/1")

    afresh(stopped).click()

    wait_until(stopped, "!audio.paused && audio.currentTime > 0")
    assert position_of(stopped) < 30
    expect(stopped.get_by_role("button", name="Pause")).to_be_focused()


def test_address_with_a_time_says_where_to_begin_and_the_place_is_offered(stopped):
    stopped.goto("/en/episodes/")
    stopped.goto("/en/1#t-120")
    expect(slider(stopped)).to_have_value("120")
    expect(afresh(stopped)).to_have_count(0)

    resume(stopped).click()

    wait_until(stopped, "!audio.paused && audio.currentTime > 60")
    assert position_of(stopped) < 70


@pytest.mark.parametrize("how", ["reload", "back"])
def test_time_of_the_last_visit_does_not_move_who_comes_back(stopped, how):
    """The address still has the time that was clicked then."""
    stopped.goto("/en/episodes/")
    stopped.goto("/en/1")
    stopped.locator(".notes .time").last.click()
    wait_until(stopped, "!audio.paused && audio.currentTime > 120")
    stopped.evaluate("document.querySelector('.audio').currentTime = 40")
    wait_until(stopped, "!audio.seeking")
    pause(stopped)

    if how == "reload":
        stopped.reload()
    else:
        stopped.goto("/en/episodes/")
        stopped.go_back()

    assert stopped.url.endswith("/en/1#t-120")
    expect(stopped.get_by_role("button", name="Resume at 0:4")).to_be_visible()
    assert 40 <= position_of(stopped) < 50


def test_what_was_heard_to_the_end_is_not_resumed(stopped):
    stopped.goto("/en/1?t=184")
    expect(resume(stopped)).to_be_visible()

    play(stopped)
    wait_until(stopped, "audio.ended")
    stopped.goto("/en/1")

    expect(slider(stopped)).to_have_value("0")
    expect(stopped.get_by_role("button", name="Resume")).to_have_count(0)


def test_of_two_tabs_one_plays(open_player):
    first = open_player()
    play(first)
    second = first.context.new_page()
    second.goto("/en/1")

    play(second)

    wait_until(first, "audio.paused")
    expect(first.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert is_playing(second)
    play(first)
    wait_until(second, "audio.paused")
