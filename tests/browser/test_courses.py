"""A learner's way through a course: with scripts, without them, with storage refused, and on paper."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import violations
from tests.factories import make_chapter, make_course, make_lesson

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REFUSED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused'); } })"


@pytest.fixture
def course():
    course = make_course(slug="ice", title="氷", live=True)
    make_chapter(course=course, position=1, slug="first", title="第1章：水", source="## 節\n\n水の話。\n", live=True)
    make_lesson(course=course, position=2, slug="light", title="第3章：氷の中の光")
    return course


@pytest.fixture
def open_page(browser, live_server, course, wait_for_server):
    contexts = []

    def open_page(path: str, **options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{live_server.url}{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    wait_for_server()


def test_learner_reads_on_does_exercises_and_sees_how_far_they_are(open_page):
    page = open_page("/courses/ice/")
    page.locator(".chapter-list a").first.click()
    page.get_by_label("読み終えた").check()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("/light/$"))
    expect(page.locator(".course-nav .read-mark")).to_have_text("読了")
    page.locator(".exercise-done input").first.check()
    page.locator("summary", has_text="ヒント").click()
    expect(page.get_by_text("速さを比べる。").first).to_be_visible()

    page.reload()
    expect(page.locator(".exercise-done input").first).to_be_checked()
    page.goto(page.url.replace("light/", ""))
    expect(page.locator(".learner")).to_contain_text("2章のうち1章を読了")
    page.get_by_role("button", name="進み具合を消す").click()
    expect(page.locator(".read-mark")).to_have_count(0)


def test_course_works_where_storage_is_refused_and_without_scripts(open_page):
    for options, refused in (({}, True), ({"java_script_enabled": False}, False)):
        page = open_page("/courses/ice/", **options)
        errors = []
        page.on("pageerror", lambda error, errors=errors: errors.append(error))
        if refused:
            page.add_init_script(REFUSED)
        page.goto(page.url + "light/")
        page.locator("summary", has_text="解答例（水の場合）").click()
        expect(page.get_by_role("cell", name="遅い")).to_be_visible()
        page.locator(".neighbours a[rel=prev]").click()
        expect(page).to_have_url(re.compile("/first/$"))
        expect(page.locator(".chapter-read")).to_have_count(0)
        assert errors == []


def test_answers_are_on_paper(open_page):
    page = open_page("/courses/ice/light/")
    page.emulate_media(media="print")

    for answer in ("遅い", "六角形。", "六つ。", "速さを比べる。"):
        expect(page.get_by_text(answer).locator("visible=true")).to_have_count(1)
    expect(page.locator(".course-nav")).to_be_hidden()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (375, "dark")])
def test_pages_of_courses_are_accessible(open_page, axe_source, width, scheme):
    viewport = {"width": width, "height": 800}
    page = open_page("/courses/ice/light/", viewport=viewport, color_scheme=scheme, bypass_csp=True)

    for path in ("light/", "exercises/", "references/", ""):
        page.goto(page.url.partition("/ice/")[0] + "/ice/" + path)
        assert violations(page, axe_source) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(page.url + "light/")
    drawing = page.locator(".drawing img")
    drawing.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.drawing img').naturalWidth > 50")
