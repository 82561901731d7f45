"""The checks beside the preview, in a real browser: read while writing, and one click from the field."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import make_editor, make_episode, make_host, make_speaker
from tests.jobs import run_jobs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTES = "### 0:00 一\n\n本文。\n\n### 1:00 二\n\n本文。\n\n### 2:00 三\n\n本文。\n"


def make_draft(number="7"):
    return make_episode(
        number=number,
        notes=NOTES,
        summary="要約です。",
        speakers=(make_speaker(),),
        player_provider="youtube",
        player_id="abcdefghijk",
    )


def test_problem_appears_while_typing_and_leads_to_its_field(open_desk):
    make_host(name="host")
    episode = make_draft()
    page = open_desk("host")
    page.goto(f"/en/admin/episodes/episode/{episode.pk}/change/")
    checks = page.locator("#desk-checks")
    expect(checks).to_contain_text("The checks find nothing.")

    page.locator("#id_sections-1-starts_at").fill("3:00")
    problem = checks.get_by_role("link", name="“三” does not start later")
    expect(problem).to_be_visible()
    page.locator("#id_title").focus()
    problem.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_sections-2-starts_at")).to_be_focused()

    page.keyboard.press("Control+A")
    page.keyboard.type("4:00")
    expect(checks).to_contain_text("The checks find nothing.")


def test_rule_of_somebody_else_is_linked(open_desk):
    make_host(name="host")
    episode = make_episode(number="7", notes=NOTES, audio_url="https://audio.example/7.mp3")
    page = open_desk("host")
    page.goto(f"/en/admin/episodes/episode/{episode.pk}/change/")

    rule = page.locator("#desk-checks").get_by_role("link", name="The rule").first

    expect(rule).to_have_attribute("href", re.compile("^https://"))


def test_problem_in_a_document_selects_its_line(open_desk):
    make_host(name="host")
    episode = make_draft()
    page = open_desk("host")
    page.goto(f"/en/admin/episodes/episode/{episode.pk}/change/?notes=document")
    page.locator("#id_notes").fill(NOTES.replace("2:00 三", "0:30 三"))

    page.locator("#desk-checks").get_by_role("link", name="“三”").click()

    expect(page.locator("#id_notes")).to_be_focused()
    chosen = "e => e.value.slice(e.selectionStart, e.selectionEnd)"
    assert page.locator("#id_notes").evaluate(chosen) == "### 0:30 三"


def test_problem_on_a_phone_opens_the_form_behind_its_tab(open_desk):
    make_host(name="host")
    episode = make_draft()
    page = open_desk("host", viewport={"width": 390, "height": 800})
    page.goto(f"/en/admin/episodes/episode/{episode.pk}/change/")
    page.locator("#id_sections-1-body").fill("**閉じない")
    page.get_by_role("tab", name="Preview").click()

    page.locator("#desk-checks").get_by_role("link", name="二").click()

    expect(page.locator("#id_sections-1-body")).to_be_focused()
    expect(page.get_by_role("tab", name="Edit")).to_have_attribute("aria-selected", "true")


def test_question_before_publishing_leads_to_the_field(open_desk):
    make_editor(name="editor")
    episode = make_episode(number="7", notes=NOTES, speakers=(make_speaker(),))
    page = open_desk("editor")
    page.goto(f"/en/admin/episodes/episode/{episode.pk}/change/")
    page.get_by_role("button", name="Publish").click()

    page.get_by_role("link", name="There is neither audio nor a player.").click()

    expect(page.locator("#id_audio_url")).to_be_focused()


def test_links_are_asked_for_by_a_button(open_desk):
    make_host(name="host")
    episode = make_draft()
    page = open_desk("host")
    page.goto(f"/en/admin/episodes/episode/{episode.pk}/change/")
    expect(page.locator("#desk-checks-list")).to_contain_text("The checks find nothing.")
    twin = make_draft(number="8")  # what the checks know by now, though nothing was typed

    page.get_by_role("button", name="Check the links now").click()
    expect(page.locator("#desk-links-list")).to_contain_text("Asking for the links … waiting")
    run_jobs()

    expect(page.locator("#desk-links-list")).to_contain_text("0 links asked for.")
    expect(page.locator("#desk-checks-list")).to_contain_text(f"The player is that of episode {twin}.")


@pytest.mark.node
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_checks_and_replacing_are_accessible(open_desk, axe_source, scheme):
    make_editor(name="editor")
    episode = make_episode(number="7", notes=NOTES.replace("本文", "[題](https://a.example/x) **"), title="題")
    page = open_desk("editor", color_scheme=scheme, bypass_csp=True)
    page.goto(f"/en/admin/episodes/episode/{episode.pk}/change/")
    expect(page.locator("#desk-checks li").first).to_be_visible()
    found = {"desk": _violations(page, axe_source, "#desk-checks")}
    page.goto("/en/admin/links/replace/?old=https://a.example/x")
    page.get_by_label("new address").fill("https://b.example/y")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("button", name="Replace in what is ticked")).to_be_visible()
    found["replacing"] = _violations(page, axe_source, "#content-main")

    assert found == {"desk": [], "replacing": []}


def _violations(page, axe_source, part):
    page.evaluate(axe_source)
    result = page.evaluate("part => axe.run(part)", part)
    return [(v["id"], [node["target"] for node in v["nodes"]]) for v in result["violations"]]
