"""Finding the way through lists, as a visitor without JavaScript does."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import make_copies, make_episode, make_speaker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def archive():
    oka, minato = make_speaker(name="岡", slug="oka"), make_speaker(name="湊", slug="minato")
    make_episode(number="1", title="光の話", speakers=(oka,), tags=("光",), live=True)
    make_episode(number="2", title="音の話", speakers=(oka, minato), tags=("音",), live=True)
    make_episode(number="3", title="熱の話", speakers=(minato,), tags=("光",), live=True)


@pytest.mark.parametrize("width", [320, 1280])
def test_list_is_narrowed_and_widened_again(browser, live_server, wait_for_server, archive, width):
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    rows = page.locator(".index-row")

    page.goto("/en/episodes/")
    expect(rows).to_have_count(3)
    page.get_by_label("Speaker").select_option("oka")
    page.get_by_role("button", name="Filter").click()
    expect(rows).to_have_count(2)
    expect(page.get_by_text("2 of 3 episodes")).to_be_visible()
    page.get_by_label("Tag").select_option("光")
    page.get_by_role("button", name="Filter").click()
    expect(rows).to_have_count(1)
    page.get_by_role("link", name="Without 岡").click()
    expect(rows).to_have_count(2)
    page.locator(".chosen").get_by_role("link", name="All episodes").click()
    expect(rows).to_have_count(3)

    context.close()
    wait_for_server()


def test_filter_acts_when_chosen_and_slash_leads_to_the_search(browser, live_server, wait_for_server, archive):
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    rows = page.locator(".index-row")

    page.goto("/en/episodes/")
    page.get_by_label("Speaker").select_option("oka")
    expect(rows).to_have_count(2)
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("熱の")
    expect(page.locator("#suggestions option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="熱の話")).to_be_visible()

    context.close()
    wait_for_server()


def test_search_field_is_in_sight_on_a_narrow_screen(browser, live_server, wait_for_server, archive):
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 320, "height": 640}
    )
    page = context.new_page()

    page.goto("/en/episodes/")
    field = page.get_by_role("searchbox")
    expect(field).to_be_in_viewport()
    field.fill("熱の話")
    field.press("Enter")
    expect(page.get_by_role("link", name="熱の話")).to_be_visible()

    context.close()
    wait_for_server()


def test_pager_leads_to_every_page_on_the_narrowest_screen(browser, live_server, wait_for_server, axe_source):
    make_copies(of=make_episode(title="光の話", live=True), count=250)
    context = browser.new_context(base_url=live_server.url, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.route("**/*.js", lambda route: route.abort())
    pager = page.get_by_role("navigation", name="Pages")

    page.goto("/en/episodes/")
    pager.get_by_role("link", name="Older").click()
    expect(page).to_have_title(re.compile("Episodes · Page 4 ·"))
    pager.get_by_role("link", name="Page 1").click()
    expect(pager.get_by_role("link", name="Older")).to_have_count(0)
    expect(pager.get_by_role("link", name="Page 1")).to_have_attribute("aria-current", "page")
    page.evaluate(axe_source)
    assert page.evaluate("axe.run('.pages').then(found => found.violations.map(each => each.id))") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    pager.get_by_role("link", name="Newer").click()
    pager.get_by_role("link", name="Newest").click()
    expect(page).to_have_url(re.compile("/en/episodes/$"))

    context.close()
    wait_for_server()
