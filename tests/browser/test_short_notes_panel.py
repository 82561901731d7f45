"""The short notes beside the form, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import make_episode, make_host

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOTES = "### 0:00 はじめに\n\n- [例](https://example.org/a)\n- [別の例](https://example.org/b)\n"


def open_panel(page, episode):
    page.goto(f"/en/admin/episodes/episode/{episode.pk}/change/")
    panel = page.locator("#short-notes")
    expect(panel.locator("output")).to_have_text(re.compile(r"^\d+ / 4,000$"))
    return panel


def test_short_notes_are_copied_and_what_is_typed_since_is_shown(open_desk):
    make_host(name="host")
    episode = make_episode(number="7", notes="### 0:00 はじめに\n\n- [例](https://example.org/a)\n")
    page = open_desk("host", permissions=["clipboard-read", "clipboard-write"])
    panel = open_panel(page, episode)
    expect(panel).to_contain_text("Not copied yet.")

    page.get_by_role("button", name="Copy short notes", exact=True).click()

    expect(panel).to_contain_text("Copied.")
    assert "https://example.org/a" in page.evaluate("navigator.clipboard.readText()")
    page.locator("[name=sections-0-body]").fill("- [例](https://example.org/a)\n- [別の例](https://example.org/b)\n")
    expect(panel.locator(".short-notes-changes").get_by_role("listitem").filter(has_text="別の例")).to_have_count(1)
    expect(panel).to_contain_text("Copied last")
    panel.get_by_label("For").select_option("announcement")
    expect(panel.locator("output")).to_have_text(re.compile(r"^\d+ / 2,000$"))


def test_links_are_pinned_and_dropped_by_keyboard_and_saved(open_desk):
    make_host(name="host")
    episode = make_episode(number="7", notes=NOTES)
    page = open_desk("host")
    panel = open_panel(page, episode)
    panel.get_by_text("Links: 2 of 2 are kept").click()

    choice = panel.get_by_label("Keep “別の例”")
    choice.focus()
    page.keyboard.press("n")  # never

    expect(panel).to_contain_text("Links: 1 of 2 are kept")
    expect(choice).to_be_focused()
    expect(choice).to_have_value("drop")
    panel.get_by_label("Keep “例”").select_option("pin")
    expect(page.locator("[name=pinned_links]")).to_have_value("https://example.org/a")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    expect(panel).to_contain_text("Links: 1 of 2 are kept")
    episode.refresh_from_db()
    assert (episode.pinned_links, episode.dropped_links) == (["https://example.org/a"], ["https://example.org/b"])


def test_version_cut_by_hand_gives_way_to_the_compiled_one(open_desk):
    make_host(name="host")
    episode = make_episode(number="7", notes=NOTES, distribution_notes="## 0:00 はじめに\n\n- 手で書いた。\n")
    page = open_desk("host")
    panel = open_panel(page, episode)
    panel.get_by_text("Cut by hand, beside what the notes give now").click()
    expect(panel.locator("mark").first).to_have_text("手で書いた。")

    panel.get_by_role("button", name="Use the compiled one again").click()

    expect(panel).to_contain_text("Links: 2 of 2 are kept")
    expect(panel.locator(".short-notes-beside")).to_have_count(0)
    expect(page.locator("[name=distribution_notes]")).to_have_value("")
    episode.refresh_from_db()
    assert "手で書いた" in episode.distribution_notes  # nothing is saved yet


def test_compiled_notes_are_gone_on_with_by_hand(open_desk):
    make_host(name="host")
    episode = make_episode(number="7", notes=NOTES)
    page = open_desk("host")
    panel = open_panel(page, episode)
    panel.get_by_text("What they are now").click()

    panel.get_by_role("button", name="Go on by hand from here").click()

    field = page.locator("[name=distribution_notes]")
    expect(field).to_be_focused()
    expect(field).to_have_value(re.compile(r"### 0:00 はじめに\n\n- \[例\]\(https://example\.org/a\)\n"))
    expect(panel).to_contain_text("As cut by hand.")
    expect(panel).to_contain_text("Links: 2 of 2 are kept")


@pytest.mark.node
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_panel_is_accessible_with_all_of_it_open(open_desk, axe_source, scheme):
    make_host(name="host")
    by_hand = "## 0:00 はじめに\n\n- 手で書いた。\n"
    episode = make_episode(number="7", notes=f"{NOTES}\n> 引用\n", distribution_notes=by_hand)
    page = open_desk("host", color_scheme=scheme, bypass_csp=True)
    panel = open_panel(page, episode)
    panel.locator("details").evaluate_all("folds => folds.forEach((fold) => (fold.open = true))")

    page.evaluate(axe_source)
    found = page.evaluate("async () => (await axe.run('#short-notes')).violations")

    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
