"""The contents of a page follow the reader, and do not keep the text from those with small screens."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import make_chapter, make_course, make_episode

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "本文です。\n\n" * 30


@pytest.fixture
def open_chapter(browser, live_server, wait_for_server):
    """The page of a chapter with so many sections."""
    contexts = []

    def open_chapter(sections: int, width: int = 1280, **options) -> Page:
        source = "".join(f"## 第{number}節\n\n{LONG}\n" for number in range(1, sections + 1))
        chapter = make_chapter(course=make_course(live=True), source=source, live=True)
        context = browser.new_context(viewport={"width": width, "height": 667}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{live_server.url}/en{chapter.path}")
        return page

    yield open_chapter
    for context in contexts:
        context.close()
    wait_for_server()


def switch(page: Page):
    return page.locator(".contents summary")


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


def test_entry_that_was_gone_to_is_marked_wherever_its_section_stands(browser, live_server):
    source = "".join(f"## 第{number}節\n\n短い文。\n\n" for number in range(1, 9))
    chapter = make_chapter(course=make_course(live=True), source=source + LONG * 3, live=True)
    page = browser.new_page(viewport={"width": 1280, "height": 1200}, reduced_motion="reduce")
    page.goto(live_server.url + chapter.path)
    current = page.locator(".contents [aria-current]")

    for name in ("第2節", "第6節", "第7節"):
        page.locator(".contents a", has_text=name).click()
        expect(current).to_have_text(name)
    page.mouse.move(300, 300)
    page.mouse.wheel(0, -5000)
    expect(current).not_to_have_text("第7節")
    page.close()


def test_list_that_is_longer_than_the_window_follows_the_reader(open_chapter):
    page = open_chapter(40)
    contents, current = page.get_by_role("navigation", name="Contents"), page.locator(".contents [aria-current]")
    assert contents.evaluate("nav => nav.scrollHeight > nav.clientHeight + 200")

    for name in ("第38節", "第20節", "第1節"):
        heading = page.get_by_role("heading", name=name, exact=True)
        heading.evaluate("(heading) => heading.scrollIntoView({ behavior: 'instant' })")
        expect(current).to_have_text(name)
        expect(current).to_be_in_viewport(ratio=1)
        box, entry = contents.bounding_box(), current.bounding_box()
        assert box["y"] <= entry["y"] and entry["y"] + entry["height"] <= box["y"] + box["height"], name


def test_list_rests_while_the_entry_is_in_sight(open_chapter):
    page = open_chapter(40)

    page.get_by_role("heading", name="第3節", exact=True).evaluate("(heading) => heading.scrollIntoView()")

    expect(page.locator(".contents [aria-current]")).to_have_text("第3節")
    assert page.locator(".contents").evaluate("nav => nav.scrollTop") == 0


@pytest.mark.parametrize("width", [375, 1199])
@pytest.mark.parametrize("scripts", [True, False])
def test_long_list_is_folded_where_it_stands_before_the_text(open_chapter, width, scripts):
    page = open_chapter(40, width, java_script_enabled=scripts)
    contents = page.get_by_role("navigation", name="Contents")
    expect(contents.get_by_role("heading", name="Contents")).to_be_visible()
    expect(contents.get_by_role("link")).to_have_count(0)
    expect(page.get_by_role("heading", name="第1節")).to_be_in_viewport()

    switch(page).focus()
    page.keyboard.press("Enter")

    expect(switch(page)).to_have_text("All 40 entries")
    expect(contents.get_by_role("link")).to_have_count(40)
    expect(contents.get_by_role("link").first).to_be_visible()
    switch(page).click()
    expect(contents.get_by_role("link")).to_have_count(0)


def test_short_list_is_open_everywhere(open_chapter):
    page = open_chapter(3, 375)

    expect(page.get_by_role("navigation", name="Contents").get_by_role("link")).to_have_count(3)


@pytest.mark.parametrize("scripts", [True, False])
def test_list_in_the_margin_is_whole(open_chapter, scripts):
    page = open_chapter(40, java_script_enabled=scripts)

    expect(page.get_by_role("navigation", name="Contents").get_by_role("link")).to_have_count(40)
    expect(switch(page)).to_be_hidden()


def test_contents_of_an_episode_are_folded_alike(browser, live_server):
    notes = "".join(f"### {minute}:00 第{minute}話\n\n本文。\n\n" for minute in range(12))
    make_episode(number="1", notes=notes, live=True)
    page = browser.new_page(viewport={"width": 375, "height": 667})
    page.goto(f"{live_server.url}/en/1")

    expect(page.locator(".contents a").first).to_be_hidden()
    page.set_viewport_size({"width": 1280, "height": 800})

    expect(page.locator(".contents a").first).to_be_visible()
    page.close()
