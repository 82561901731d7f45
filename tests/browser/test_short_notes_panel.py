"""The short notes beside the form, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import make_episode, make_host

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_short_notes_are_copied_and_what_changed_since_is_shown(open_desk):
    make_host(name="host")
    episode = make_episode(number="7", notes="### 0:00 はじめに\n\n- [例](https://example.org/a)\n")
    page = open_desk("host", permissions=["clipboard-read", "clipboard-write"])
    form = f"/en/admin/episodes/episode/{episode.pk}/change/"
    page.goto(form)
    panel = page.locator("#short-notes")
    expect(panel.locator("output")).to_have_text(re.compile(r"^\d+ / 4,000$"))
    expect(panel).to_contain_text("Not copied yet.")

    page.get_by_role("button", name="Copy short notes", exact=True).click()

    expect(panel).to_contain_text("Copied.")
    assert "https://example.org/a" in page.evaluate("navigator.clipboard.readText()")
    page.locator("[name=sections-0-body]").fill("- [例](https://example.org/a)\n- [別の例](https://example.org/b)\n")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(panel.get_by_role("listitem").filter(has_text="別の例")).to_have_count(1)
    expect(panel).to_contain_text("Copied last")
    panel.get_by_label("For").select_option("announcement")
    expect(panel.locator("output")).to_have_text(re.compile(r"^\d+ / 2,000$"))
