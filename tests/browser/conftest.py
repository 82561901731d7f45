import re
import threading
from importlib import import_module

import pytest
from django.apps import apps
from django.core.signals import request_finished, request_started
from playwright.sync_api import Page

PASSWORD = "a long enough phrase"


@pytest.fixture(autouse=True)
def groups(transactional_db) -> None:
    """A test with a server of its own leaves an empty database behind, without what the migrations wrote."""
    import_module("interaxion.sitewide.migrations.0002_groups").write_groups(apps, None)


@pytest.fixture
def wait_for_server():
    """Call it to wait for requests that are still being answered: the database is emptied after the test."""
    calm, count = threading.Condition(), [0]

    def change(by: int):
        def on_signal(**kwargs) -> None:
            with calm:
                count[0] += by
                calm.notify_all()

        return on_signal

    begun, ended = change(1), change(-1)
    request_started.connect(begun)
    request_finished.connect(ended)

    def wait() -> None:
        with calm:
            calm.wait_for(lambda: count[0] <= 0, timeout=10)

    yield wait
    request_started.disconnect(begun)
    request_finished.disconnect(ended)


@pytest.fixture
def open_desk(browser, live_server, wait_for_server):
    """Logs somebody in and returns their page; what the console complained of must be nothing at the end."""
    complaints, contexts = [], []

    def log_in(name: str, **options) -> Page:
        options = {"viewport": {"width": 1280, "height": 900}, "base_url": live_server.url, **options}
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda problem: complaints.append(str(problem)))
        page.goto("/en/admin/login/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url("**/en/admin/")
        return page

    yield log_in
    said = list(complaints)
    for context in contexts:
        context.set_offline(True)  # a form that is left sends a last word
        context.close()
    wait_for_server()
    # The browser reports answers that are meant: 403 to a forged request, 422 to what cannot be shown yet.
    assert [text for text in said if not re.search("status of (400|403|404|422)", text)] == []
