"""Copying a citation from the page of a work."""

import pytest
from playwright.sync_api import expect

from interaxion.content.linking.works import Work
from tests.factories import make_post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CITATION = "100% 光の話. https://doi.org/10.1000/a"


@pytest.fixture
def open_work(browser, live_server, wait_for_server):
    make_post(body="[100% 光の話](https://doi.org/10.1000/a)", live=True)
    contexts, complaints = [], []

    def open_work(**options):
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        context.on("weberror", lambda problem: complaints.append(str(problem.error)))
        page = context.new_page()
        page.goto(f"/en{Work.objects.get().path}")
        return page

    yield open_work
    for context in contexts:
        context.close()
    wait_for_server()
    assert complaints == []


def test_citation_and_bibtex_are_copied(open_work):
    page = open_work(permissions=["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Copy the citation").click()
    expect(page.get_by_role("status")).to_have_text("Citation copied")
    assert page.evaluate("navigator.clipboard.readText()") == CITATION

    page.get_by_role("button", name="Copy the BibTeX").click()
    expect(page.get_by_role("status")).to_have_text("BibTeX copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("pre").text_content()


def test_citation_that_cannot_be_copied_is_selected(open_work):
    page = open_work()
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden')) }")

    page.get_by_role("button", name="Copy the citation").click()

    page.wait_for_function("text => getSelection().toString() === text", arg=CITATION)


def test_citation_is_text_without_javascript(open_work):
    page = open_work(java_script_enabled=False)

    expect(page.get_by_text(CITATION)).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
