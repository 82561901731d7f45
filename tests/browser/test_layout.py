"""Pages on narrow and wide screens."""

import pytest

from tests.factories import make_episode

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def episode():
    return make_episode(number="1", audio_url="https://audio.example/1.mp3", audio_seconds=172, live=True)


def test_menu_opens_without_javascript(browser, live_server, episode):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(live_server.url + "/1")
    assert not page.locator("#navigation").is_visible()

    page.locator(".menu-button").click()

    assert page.locator("#navigation a").first.is_visible()
    context.close()


@pytest.mark.parametrize("width", [320, 375, 640, 768, 1000, 1280, 1600])
def test_page_never_scrolls_sideways(browser, live_server, episode, width):
    page = browser.new_page(viewport={"width": width, "height": 800})

    for path in ("/", "/1", "/episodes/", "/tags/", "/nowhere"):
        page.goto(live_server.url + path)

        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page.close()
