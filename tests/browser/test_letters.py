"""A listener writes without JavaScript, the team reads; both pages for everybody."""

import re

import pytest
from playwright.sync_api import expect

from episodes.models import Letter
from tests.browser.steps import violations
from tests.factories import make_editor, make_episode, make_letter, make_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "毎週たのしみに聴いています。つぎは磁石の話をもっと聴かせてください。"


def test_listener_writes_without_javascript(browser, live_server, wait_for_server):
    episode = make_episode(number="57", title="磁石の回", live=True)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()

    page.goto("/en/57")
    page.get_by_role("link", name="Send a letter about this episode").click()
    expect(page.get_by_label("About which episode")).to_have_value("57")
    page.get_by_label("Your letter").fill(" ")
    page.get_by_role("button", name="Send the letter").click()
    expect(page.get_by_role("alert")).to_contain_text("The letter is not sent yet")
    expect(page).to_have_title(re.compile("^Error: Letters"))
    page.get_by_label("Your letter").press_sequentially(TEXT, delay=80)  # as fast as a person types
    page.get_by_role("button", name="Send the letter").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for your letter")
    assert page.url == live_server.url + "/en/feedback/thanks/#letter"
    assert context.cookies() == []
    letter = Letter.objects.get()
    assert (letter.body, letter.about, letter.state) == (TEXT, episode, "new")
    context.close()
    wait_for_server()


@pytest.mark.parametrize("is_scripted", [True, False])
def test_a_refused_letter_leads_to_what_has_to_change(browser, live_server, wait_for_server, is_scripted):
    make_page(path="/feedback/", language="en", body="A long introduction.\n\n" * 20, live=True)
    options = {"viewport": {"width": 375, "height": 667}, "java_script_enabled": is_scripted}
    context = browser.new_context(base_url=live_server.url, reduced_motion="reduce", **options)
    page = context.new_page()
    send = page.get_by_role("button", name="Send the letter")

    page.goto("/en/feedback/")
    send.click()
    field = page.get_by_label("Your letter")
    expect(field).to_be_focused()
    for seen in (page.get_by_text("Your letter"), page.get_by_text("There is nothing in the letter yet."), field):
        expect(seen).to_be_in_viewport()
    field.fill(TEXT)
    send.click()  # faster than anybody writes: no field is at fault
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_be_in_viewport()

    context.close()
    wait_for_server()


def test_letter_is_written_with_the_keyboard_alone(browser, live_server, wait_for_server):
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.goto("/en/feedback/")

    page.get_by_label("Your name on the show").focus()
    for typed in ("ある人", "", TEXT):
        page.keyboard.type(typed, delay=80)
        page.keyboard.press("Tab")
    # The field that is for machines is not on the way.
    expect(page.get_by_role("button", name="Send the letter")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for your letter")
    assert (Letter.objects.get().name, Letter.objects.get().state) == ("ある人", "new")
    context.close()
    wait_for_server()


@pytest.mark.node
@pytest.mark.parametrize(("scheme", "language"), [("light", ""), ("dark", "/en")])
def test_form_and_thanks_are_accessible(browser, live_server, wait_for_server, axe_source, scheme, language):
    # axe writes styles while it measures
    context = browser.new_context(base_url=live_server.url, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    found = {}

    page.goto(f"{language}/feedback/")
    found["form"] = violations(page, axe_source)
    page.locator(".letter-form button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found["refused"] = violations(page, axe_source)
    page.goto(f"{language}/feedback/thanks/")
    found["thanks"] = violations(page, axe_source)

    assert found == {"form": [], "refused": [], "thanks": []}
    context.close()
    wait_for_server()


@pytest.mark.node
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_inbox_is_accessible(open_desk, axe_source, scheme):
    make_editor(name="editor")
    letter = make_letter(body=TEXT, name="ある人", about=make_episode(number="57"))
    page = open_desk("editor", color_scheme=scheme, bypass_csp=True)
    found = {}

    page.goto(f"/en/admin/episodes/letter/{letter.pk}/change/")
    expect(page.locator(".field-body .readonly")).to_have_text(TEXT)
    found["letter"] = violations(page, axe_source)
    page.goto("/en/admin/episodes/letter/")
    page.locator("input.action-select").check()
    page.locator("select[name=action]").select_option("Read in an episode")
    page.get_by_role("button", name="Go").click()
    expect(page.locator("#id_episode")).to_be_visible()
    found["episode"] = violations(page, axe_source)

    assert found == {"letter": [], "episode": []}
