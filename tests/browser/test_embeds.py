"""A player of another site: a link and a button at first, the player when somebody presses it."""

import pytest
from playwright.sync_api import expect

from tests.factories import make_post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = '<iframe title="氷の映像" src="https://www.youtube.com/embed/abcdefghijk"></iframe>\n'
FRAME = "https://www.youtube-nocookie.com/embed/abcdefghijk"


def test_player_is_loaded_when_it_is_asked_for(browser, live_server):
    post = make_post(body=BODY, live=True, path="/blog/film")
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    elsewhere, complaints = [], []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.route(
        lambda url: not url.startswith(live_server.url),
        lambda route: (
            elsewhere.append(route.request.url),
            route.fulfill(body="<p>player</p>", content_type="text/html"),
        ),
    )

    page.goto("/en" + post.path)
    link = page.get_by_role("link", name="氷の映像")
    button = page.get_by_role("button", name="Load from www.youtube-nocookie.com")
    expect(link).to_have_attribute("href", "https://www.youtube.com/watch?v=abcdefghijk")
    assert elsewhere == []
    button.click()

    frame = page.locator(".embed iframe")
    expect(page.frame_locator(".embed iframe").get_by_text("player")).to_be_visible()
    assert elsewhere == [FRAME]
    assert frame.get_attribute("title") == "氷の映像"
    assert "allow-top-navigation" not in frame.get_attribute("sandbox")
    expect(button).to_have_count(0)
    assert complaints == []
    context.close()


def test_without_scripts_it_is_a_link(browser, live_server):
    post = make_post(body=BODY, live=True, path="/blog/film")
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()

    page.goto(post.path)

    expect(page.get_by_role("link", name="氷の映像")).to_be_visible()
    assert page.get_by_role("button").filter(has_text="youtube").count() == 0
    context.close()


def test_button_is_not_printed(browser, live_server):
    post = make_post(body=BODY, live=True, path="/blog/film")
    page = browser.new_page(base_url=live_server.url)
    page.goto(post.path)
    button = page.locator(".embed button")
    expect(button).to_be_visible()

    page.emulate_media(media="print")

    expect(button).to_be_hidden()
    page.close()
