"""ERROR_HOOK: another service is told of unhandled exceptions, and nothing of the people who met them."""

import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from interaxion.content.release import release_key
from interaxion.serving.errors.hook import MOST, THREAD, ErrorHook
from tests.services import free_port

SECRETS = ("hunter2", "person@example.org", "tok3n", "sessionid")


@pytest.fixture
def service() -> Iterator[tuple[str, Queue[str]]]:
    """Serve an address that errors are posted to, and yield it with what arrives there."""
    arrived: Queue[str] = Queue()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            arrived.put(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", arrived
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def hooked(service) -> Iterator[Queue[str]]:
    url, arrived = service
    hook = ErrorHook(url)
    logging.getLogger("django.request").addHandler(hook)
    yield arrived
    logging.getLogger("django.request").removeHandler(hook)


def fail(request: HttpRequest, key: str) -> HttpResponse:
    request.POST.get("password")
    raise RuntimeError("person@example.org has the password hunter2")


urlpatterns = [path("preview/<str:key>/", fail)]


@pytest.mark.urls(__name__)
@pytest.mark.django_db
def test_service_is_told_where_it_failed_and_nothing_of_the_person(client, hooked):
    client.raise_request_exception = False
    client.cookies["sessionid"] = "tok3n"

    client.post("/preview/tok3n/?key=tok3n", {"password": "hunter2"}, headers={"X-Request-ID": "proxy-7f3a"})
    client.post("/preview/tok3n/")

    told = hooked.get(timeout=10)
    report = json.loads(told)
    assert report["text"].startswith("RuntimeError at ")
    assert (report["request_id"], report["method"], report["release"]) == ("proxy-7f3a", "POST", release_key())
    assert report["route"] == "preview/<str:key>/"
    assert "test_hook.py" in report["frames"][-1]
    assert not [secret for secret in SECRETS if secret in told]


def raised(number: int) -> logging.LogRecord:
    problem = type(f"Error{number}", (Exception,), {})()
    return logging.LogRecord("a", logging.ERROR, "", 1, "b", (), (type(problem), problem, None))


def test_each_error_is_told_once_a_minute_and_a_flood_not_at_all(service, monkeypatch):
    url, arrived = service
    hook = ErrorHook(url)

    for number in (1, 1, *range(2, MOST + 5)):
        hook.emit(raised(number))
    told = [json.loads(arrived.get(timeout=10)) for _ in range(MOST)]
    monkeypatch.setattr("interaxion.serving.errors.hook.PAUSE", 0)  # the minute is over
    hook.emit(raised(1))

    assert {report["text"] for report in told} == {f"Error{number} at a" for number in range(1, MOST + 1)}
    told.append(json.loads(arrived.get(timeout=10)))
    assert sum(report["kept_back"] for report in told) == 5


def test_service_that_is_away_is_only_a_warning(caplog):
    hook = ErrorHook(f"http://127.0.0.1:{free_port()}/")

    hook.emit(raised(1))
    for thread in threading.enumerate():
        if thread.name == THREAD:
            thread.join()

    (record,) = [record for record in caplog.records if record.name == "interaxion.serving.errors.hook"]
    assert record.levelname == "WARNING"
