"""No word is lost: after a crash, without the network, without the login, and beside somebody else who saves."""

import re

import pytest
from playwright.sync_api import Page, expect

from episodes.models import Episode
from interaxion.content.publishing.revisions import Revision
from interaxion.content.publishing.working_copies import WorkingCopy
from tests.factories import make_episode, make_host

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a long enough phrase"
NOTES = "### 0:00 はじめに\n\n本文です。\n\n### 1:30 つぎの話\n\n続きです。\n"
KEPT = re.compile("Kept at")
#: What the browser itself reports of a network that is cut off, and of answers that are meant.
EXPECTED = re.compile(r"ERR_INTERNET_DISCONNECTED|status of (403|404|422)|Failed to fetch")


@pytest.fixture
def visit(browser, live_server, wait_for_server):
    """Logs somebody in, with a browser of their own; nothing else may be complained of in its console."""
    complaints, contexts = [], []

    def log_in(name: str) -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=live_server.url)
        contexts.append(context)
        context.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        context.on("weberror", lambda problem: complaints.append(str(problem.error)))
        page = context.new_page()
        page.goto("/en/admin/login/")
        fill_in_login(page, name)
        page.wait_for_url("**/en/admin/")
        return page

    yield log_in
    said = list(complaints)
    for context in contexts:
        context.set_offline(True)  # a form that is left sends a last word
        context.close()
    wait_for_server()
    assert [text for text in said if not EXPECTED.search(text)] == []


def fill_in_login(page: Page, name: str) -> None:
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def form_url(episode: Episode) -> str:
    return f"/en/admin/episodes/episode/{episode.pk}/change/"


def body_of(page: Page, place: int = 1):
    return page.locator(f"[name=sections-{place}-body]")


def show_kept(page: Page) -> None:
    page.get_by_role("button", name="Show it").first.click()
    expect(page.locator(".messagelist")).to_contain_text("This is not saved yet.")


@pytest.fixture
def episode():
    make_host(name="host")
    return make_episode(notes=NOTES, title="もとの題")


def test_text_survives_a_crash(visit, episode):
    page = visit("host")
    page.goto(form_url(episode))
    body_of(page).fill("落ちる前の文")
    expect(page.locator("#desk-kept")).to_have_text(KEPT, timeout=15_000)

    # A machine that stops asks nobody: another browser knows nothing but the account.
    page.close()
    page = visit("host")
    page.goto(form_url(episode))
    show_kept(page)

    expect(body_of(page)).to_have_value("落ちる前の文")
    assert Revision.objects.count() == 1
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    assert episode.sections.get(heading="つぎの話").body == "落ちる前の文"
    expect(page.get_by_role("button", name="Show it")).to_have_count(0)
    assert not WorkingCopy.objects.exclude(data="").exists()


def test_text_survives_a_tab_that_is_closed_at_once(visit, episode):
    page = visit("host")
    page.goto(form_url(episode))
    expect(body_of(page)).to_have_value("続きです。")
    body_of(page).fill("閉じる前の文")

    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # what is left is not hidden here
    page.goto("/en/admin/")
    page.goto(form_url(episode))
    if page.get_by_role("button", name="Show it").count() == 0:
        page.wait_for_selector(".desk-kept")
    show_kept(page)

    expect(body_of(page)).to_have_value("閉じる前の文")


def test_text_survives_a_lost_network(visit, episode):
    page = visit("host")
    page.goto(form_url(episode))
    page.context.set_offline(True)
    body_of(page).fill("網のない文")
    expect(page.locator("#desk-kept")).to_contain_text("kept in this browser", timeout=15_000)
    assert not WorkingCopy.objects.exclude(data="").exists()

    page.context.set_offline(False)

    expect(page.locator("#desk-kept")).to_have_text(KEPT, timeout=15_000)
    assert "網のない文" in WorkingCopy.objects.exclude(data="").get().typed("sections-1-body")
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_text_kept_in_the_browser_alone_is_sent_and_offered_later(visit, episode):
    page = visit("host")
    page.goto(form_url(episode))
    page.context.set_offline(True)
    body_of(page).fill("網のない文")
    expect(page.locator("#desk-kept")).to_contain_text("kept in this browser", timeout=15_000)
    other = page.context.new_page()
    page.close()  # the tab is closed before the network is back
    page = other
    page.context.set_offline(False)

    page.goto(form_url(episode))
    show_kept(page)

    expect(body_of(page)).to_have_value("網のない文")


def test_text_survives_a_lost_login(visit, episode):
    page = visit("host")
    page.goto(form_url(episode))
    page.context.clear_cookies(name="sessionid")
    body_of(page).fill("切れたあとの文")
    expect(page.locator("#desk-kept")).to_contain_text("You are logged out", timeout=15_000)

    # Saved all the same: the login comes between, and the text is there after it.
    page.get_by_role("button", name="Save", exact=True).click()
    fill_in_login(page, "host")
    page.wait_for_url(f"**{form_url(episode)}")
    show_kept(page)

    expect(body_of(page)).to_have_value("切れたあとの文")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    assert episode.sections.get(heading="つぎの話").body == "切れたあとの文"


def test_login_in_another_tab_lets_the_open_form_go_on(visit, episode):
    page = visit("host")
    page.goto(form_url(episode))
    page.context.clear_cookies()
    body_of(page).fill("切れたあとの文")
    expect(page.locator("#desk-kept")).to_contain_text("You are logged out", timeout=15_000)

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Log in, in a new tab").click()
    fill_in_login(opened.value, "host")
    opened.value.wait_for_url(f"**{form_url(episode)}")
    opened.value.close()

    expect(page.locator("#desk-kept")).to_have_text(KEPT, timeout=15_000)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    assert episode.sections.get(heading="つぎの話").body == "切れたあとの文"


def test_two_new_things_in_two_tabs_do_not_mix(visit, episode):
    page = visit("host")
    tabs = [page, page.context.new_page()]
    for tab, title in zip(tabs, ("ひとつめ", "ふたつめ"), strict=True):
        tab.goto("/en/admin/episodes/episode/add/")
        tab.get_by_label("Title").fill(title)
        expect(tab.locator("#desk-kept")).to_have_text(KEPT, timeout=15_000)

    tabs[0].get_by_label("Title").fill("ひとつめの題")
    tabs[0].get_by_role("button", name="Save", exact=True).click()
    expect(tabs[0].locator(".messagelist")).to_contain_text("was added successfully")

    assert [copy.typed("title") for copy in WorkingCopy.objects.exclude(data="")] == ["ふたつめ"]


def test_other_hosts_change_is_put_together_and_said(visit, episode):
    make_host(name="minami")
    mine, theirs = visit("host"), visit("minami")
    mine.goto(form_url(episode))
    theirs.goto(form_url(episode))
    expect(theirs.locator("#desk-others")).to_contain_text("host", timeout=15_000)
    body_of(mine, 1).fill("わたしの文")
    body_of(theirs, 0).fill("みなみの文")

    theirs.get_by_role("button", name="Save", exact=True).click()
    expect(theirs.locator(".messagelist")).to_contain_text("was changed successfully")
    mine.get_by_role("button", name="Save", exact=True).click()

    expect(mine.locator(".messagelist")).to_contain_text("Saved together with what was saved meanwhile")
    assert [section.body for section in episode.sections.all()] == ["みなみの文", "わたしの文"]


def test_same_place_changed_twice_is_asked_about(visit, episode):
    make_host(name="minami")
    mine, theirs = visit("host"), visit("minami")
    mine.goto(form_url(episode))
    theirs.goto(form_url(episode))
    body_of(mine).fill("わたしの文")
    body_of(theirs).fill("みなみの文")
    theirs.get_by_role("button", name="Save", exact=True).click()
    expect(theirs.locator(".messagelist")).to_contain_text("was changed successfully")

    mine.get_by_role("button", name="Save", exact=True).click()
    expect(mine.get_by_role("heading", name="Both of you changed this")).to_be_visible()
    expect(mine.locator("del")).to_have_text("みなみの")
    mine.get_by_role("button", name="Save mine").click()

    expect(mine.locator(".messagelist")).to_contain_text("was changed successfully")
    assert episode.sections.get(heading="つぎの話").body == "わたしの文"
    assert "みなみの文" in str(Revision.objects.get(number=2).data)
