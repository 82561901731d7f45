"""No word is lost: after a crash, without the network, without the login, and beside somebody else who saves."""

import re
from urllib.parse import parse_qs, unquote_plus

import pytest
from playwright.sync_api import Page, Request, expect

from interaxion.content.publishing.revisions import Revision
from interaxion.content.publishing.working_copies import WorkingCopy
from tests.browser.steps import fill_in_login, look, look_alone, open_form, save
from tests.factories import make_episode, make_host

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTES = "### 0:00 はじめに\n\n本文です。\n\n### 1:30 つぎの話\n\n続きです。\n"
KEPT = re.compile("Kept at")


def body_of(page: Page, place: int = 1):
    return page.locator(f"[name=sections-{place}-body]")


def show_kept(page: Page) -> None:
    page.get_by_role("button", name="Show it").first.click()
    expect(page.locator(".messagelist")).to_contain_text("This is not saved yet.")


def asks_to_keep(request: Request, words: str) -> bool:
    """Whether this is an autosave of a form that holds `words`."""
    data = parse_qs(request.post_data or "").get("data", [""])[0]
    return request.url.endswith("/autosave/") and words in unquote_plus(data)


def is_recovered(page: Page) -> bool:
    return page.url.endswith("/recover/")


@pytest.fixture
def episode():
    make_host(name="host")
    return make_episode(notes=NOTES, title="もとの題")


def test_text_survives_a_crash(open_desk, episode):
    page = open_desk("host")
    open_form(page, episode)
    body_of(page).fill("落ちる前の文")
    expect(page.locator("#desk-kept")).to_have_text(KEPT, timeout=15_000)

    # A machine that stops asks nobody: another browser knows nothing but the account.
    page.close()
    page = open_desk("host")
    open_form(page, episode)
    show_kept(page)

    expect(body_of(page)).to_have_value("落ちる前の文")
    assert Revision.objects.count() == 1
    save(page)
    assert episode.sections.get(heading="つぎの話").body == "落ちる前の文"
    expect(page.get_by_role("button", name="Show it")).to_have_count(0)
    assert not WorkingCopy.objects.exclude(data="").exists()


def test_nothing_is_kept_while_a_save_is_on_its_way(open_desk, episode):
    page, kept = open_desk("host"), []
    open_form(page, episode)
    page.on("request", lambda request: kept.append(request.post_data) if "autosave" in request.url else None)
    # The answer takes its time: the page stays, and looks at the form every few seconds (or when it is online again).
    page.evaluate("document.getElementById('episode_form').addEventListener('submit', (e) => e.preventDefault())")
    look = "window.dispatchEvent(new Event('online'))"
    body_of(page).fill("長くかかる文")

    page.get_by_role("button", name="Save", exact=True).click()
    kept.clear()
    page.evaluate(look)
    body_of(page).fill("止めて書きつづけた文")
    with page.expect_request("**/autosave/"):
        page.evaluate(look)

    assert len(kept) == 1


def test_text_survives_a_tab_that_is_closed_at_once(open_desk, episode):
    page = open_desk("host")
    open_form(page, episode)
    expect(body_of(page)).to_have_value("続きです。")
    body_of(page).fill("閉じる前の文")

    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # what is left is not hidden here
    page.goto("/en/admin/")
    open_form(page, episode)
    if page.get_by_role("button", name="Show it").count() == 0:
        page.wait_for_selector(".desk-kept")
    show_kept(page)

    expect(body_of(page)).to_have_value("閉じる前の文")


def test_text_kept_in_the_browser_alone_is_sent_and_offered_later(open_desk, episode):
    page = open_desk("host")
    open_form(page, episode)
    page.context.set_offline(True)
    body_of(page).fill("網のない文")
    look_alone(page)
    expect(page.locator("#desk-kept")).to_contain_text("kept in this browser")
    other = page.context.new_page()
    page.close()  # the tab is closed before the network is back
    page = other
    page.context.set_offline(False)

    open_form(page, episode)
    show_kept(page)

    expect(body_of(page)).to_have_value("網のない文")


def test_text_of_the_browser_is_offered_after_an_older_one_of_the_server(open_desk, episode):
    page = open_desk("host")
    open_form(page, episode)
    body_of(page).fill("前の文")
    look(page)
    expect(page.locator("#desk-kept")).to_have_text(KEPT)
    page.context.set_offline(True)
    body_of(page).fill("網のない文")
    look_alone(page)
    expect(page.locator("#desk-kept")).to_contain_text("kept in this browser")
    other = page.context.new_page()
    page.close()
    page = other
    page.context.set_offline(False)
    page.route("**/autosave/", lambda route: route.abort("internetdisconnected"))  # it does not get through in time

    open_form(page, episode)
    # The recovered page gives the browser's text a key of its own and tries to send it: that has to fail too.
    with page.expect_event("requestfailed", lambda request: asks_to_keep(request, "網のない文") and is_recovered(page)):
        show_kept(page)
    expect(body_of(page)).to_have_value("前の文")
    page.unroute("**/autosave/")
    open_form(page, episode)
    page.locator(".desk-kept", has_text="in this browser").get_by_role("button", name="Show it").click()

    expect(body_of(page)).to_have_value("網のない文")


def test_login_in_another_tab_lets_the_open_form_go_on(open_desk, episode):
    page = open_desk("host")
    open_form(page, episode)
    page.context.clear_cookies()
    body_of(page).fill("切れたあとの文")
    look(page)
    expect(page.locator("#desk-kept")).to_contain_text("You are logged out")

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Log in, in a new tab").click()
    fill_in_login(opened.value, "host")
    opened.value.wait_for_url(f"**/{episode.pk}/change/")
    opened.value.close()

    expect(page.locator("#desk-kept")).to_have_text(KEPT, timeout=15_000)
    save(page)
    assert episode.sections.get(heading="つぎの話").body == "切れたあとの文"


def test_two_new_things_in_two_tabs_do_not_mix(open_desk, episode):
    page = open_desk("host")
    tabs = [page, page.context.new_page()]
    for tab, title in zip(tabs, ("ひとつめ", "ふたつめ"), strict=True):
        tab.goto("/en/admin/episodes/episode/add/")
        tab.get_by_label("Title").fill(title)
        look(tab)
        expect(tab.locator("#desk-kept")).to_have_text(KEPT)

    tabs[0].get_by_label("Title").fill("ひとつめの題")
    save(tabs[0], says="was added successfully")

    assert [copy.typed("title") for copy in WorkingCopy.objects.exclude(data="")] == ["ふたつめ"]


def test_same_place_changed_twice_is_asked_about(open_desk, episode):
    make_host(name="minami")
    mine, theirs = open_desk("host"), open_desk("minami")
    open_form(mine, episode)
    open_form(theirs, episode)
    body_of(mine).fill("わたしの文")
    body_of(theirs).fill("みなみの文")
    save(theirs)

    mine.get_by_role("button", name="Save", exact=True).click()
    expect(mine.get_by_role("heading", name="Both of you changed this")).to_be_visible()
    expect(mine.locator("del")).to_have_text("みなみの")
    mine.get_by_role("button", name="Save mine").click()

    expect(mine.locator(".messagelist")).to_contain_text("was changed successfully")
    assert episode.sections.get(heading="つぎの話").body == "わたしの文"
    assert "みなみの文" in str(Revision.objects.get(number=2).data)
