"""Somebody who forgot the password finds the way back in, and every page of it is for everybody."""

import re
import threading

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import expect

from interaxion.desk.account.password_reset import THREAD
from tests.factories import make_host

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.django_db(transaction=True)]

PASSWORD = "another long enough phrase"


def violations(page, axe_source):
    page.evaluate(axe_source)
    return [v["id"] for v in page.evaluate("async () => (await axe.run(document)).violations")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forgotten_password_is_chosen_anew(browser, live_server, settings, axe_source, wait_for_server, scheme):
    settings.SENDS_MAIL, settings.SITE_URL = True, live_server.url
    cache.clear()
    host = make_host(name="host")
    host.email = "host@show.example"
    host.save()
    # axe writes styles while it measures
    context = browser.new_context(base_url=live_server.url, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    found = {}

    page.goto("/en/admin/login/")
    found["login"] = violations(page, axe_source)
    page.get_by_role("link", name="Forgot the password?").click()
    page.get_by_label("Email address").fill("host@show.example")
    found["asking"] = violations(page, axe_source)
    page.get_by_role("button", name="Reset my password").click()
    page.wait_for_url("**/password_reset/done/")
    found["asked"] = violations(page, axe_source)
    for thread in threading.enumerate():
        if thread.name == THREAD:
            thread.join()
    page.goto(re.search(r"http\S+/reset/\S+", mail.outbox[0].body)[0])
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("Confirm password").fill(PASSWORD)
    found["choosing"] = violations(page, axe_source)
    page.get_by_role("button", name="Change my password").click()
    page.wait_for_url("**/reset/done/")
    found["chosen"] = violations(page, axe_source)
    page.get_by_role("link", name="Log in").click()
    page.get_by_label("Username").fill("host")
    page.get_by_label("Password", exact=False).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("The writing desk")
    assert {name: ids for name, ids in found.items() if ids} == {}
    context.close()
    wait_for_server()
