"""The contents of a page follow the reader."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import make_chapter, make_course

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "本文です。\n\n" * 30


def test_contents_of_a_chapter_name_the_section_that_is_read(browser, live_server):
    chapter = make_chapter(
        course=make_course(live=True), source=f"# 章\n\n## はじめに\n\n{LONG}\n## つぎに\n\n{LONG}", live=True
    )
    page = browser.new_page(viewport={"width": 1280, "height": 600})
    page.goto(live_server.url + chapter.path)
    current = page.locator(".contents [aria-current]")
    expect(current).to_have_count(0)

    page.get_by_role("heading", name="つぎに").evaluate("(heading) => heading.scrollIntoView()")
    expect(current).to_have_text("つぎに")
    page.locator(".contents a").first.click()

    expect(current).to_have_text(re.compile("^(章|はじめに)$"))
    page.close()
