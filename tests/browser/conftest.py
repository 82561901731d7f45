import ipaddress
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.signals import request_finished, request_started
from django.test import Client
from playwright.sync_api import Page

from interaxion.desk.titles.views import TitlesView
from tests.browser.listening import make_audio_episode, serve_in_ranges

#: What the browser itself reports of a network that is cut off, and of answers that are meant: 403 to a forged
#: request, 422 to what cannot be shown yet, and those of a server in front of the site.
EXPECTED = re.compile(
    r"ERR_INTERNET_DISCONNECTED|ERR_NAME_NOT_RESOLVED|status of (40[0348]|413|422|50[2347])|Failed to fetch"
)


@pytest.fixture(autouse=True)
def groups(transactional_db) -> None:
    """A test with a server of its own leaves an empty database behind, without what the migrations wrote."""
    import_module("interaxion.sitewide.migrations.0001_first_release").write_groups(apps, None)


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
    """A page of somebody who is logged in, with a browser of their own: it shows nothing yet.

    What a console complained of must be nothing at the end.
    """
    complaints, contexts = [], []

    def log_in(name: str, **options) -> Page:
        options = {"viewport": {"width": 1280, "height": 900}, "base_url": live_server.url, **options}
        context = browser.new_context(**options)
        contexts.append(context)
        context.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        context.on("weberror", lambda problem: complaints.append(str(problem.error)))
        session = Client()
        session.force_login(get_user_model().objects.get(username=name))
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session.session_key, "url": live_server.url}
        context.add_cookies([cookie])
        return context.new_page()

    yield log_in
    said = list(complaints)
    for context in contexts:
        context.set_offline(True)  # a form that is left sends a last word
        context.close()
    wait_for_server()
    assert [text for text in said if not EXPECTED.search(text)] == []


@pytest.fixture
def audio_episode():
    return make_audio_episode()


@pytest.fixture
def open_player(browser, live_server, audio_episode, wait_for_server):
    """A visitor's page; what its console complained of must be nothing at the end."""
    complaints, contexts = [], []

    def open_player(path: str = "/en/1", **options) -> Page:
        options = {"viewport": {"width": 1280, "height": 800}, "base_url": live_server.url, **options}
        context = browser.new_context(**options)
        contexts.append(context)
        context.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        context.on("weberror", lambda problem: complaints.append(str(problem.error)))
        context.route("**/media/**", serve_in_ranges)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_player
    for context in contexts:
        context.close()
    wait_for_server()
    assert complaints == []


class Titled(BaseHTTPRequestHandler):
    """A page whose title is its path; `/silent` has none, `/slow` answers when it is told to."""

    go_on: threading.Event

    def do_GET(self):
        if self.path == "/slow":
            self.go_on.wait(7)
        title = "" if self.path == "/silent" else f"<title>頁{self.path[1:]} - Site</title>"
        body = f"<!doctype html><meta charset=utf-8>{title}<p>x".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def titled(monkeypatch):
    """The address of a server that the guard lets through, and an event that lets `/slow` answer."""
    handler = type("Handler", (Titled,), {"go_on": threading.Event()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    monkeypatch.setattr(TitlesView, "allowed_networks", (ipaddress.ip_network("127.0.0.1/32"),))
    yield f"http://127.0.0.1:{server.server_port}", handler.go_on
    handler.go_on.set()
    server.shutdown()
    server.server_close()
    thread.join()
