"""A proxy sends the media files that our view names in a header."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from importlib import import_module
from threading import Thread
from urllib.parse import quote
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connections

from interaxion.content.files.models import store_file
from interaxion.serving.media_views import INTERNAL
from tests import services

AUDIO = b"ID3" + bytes(range(256)) * 40
NAME = "audio/\u8a71 1.mp3"


@contextmanager
def serve_site() -> Iterator[int]:
    """Serve our site with our view of media, which `live_server` replaces by Django's."""
    application = import_module("interaxion.wsgi").application

    def answer(environ, start_response):
        try:
            yield from application(environ, start_response)
        finally:
            connections.close_all()

    server = make_server(services.LOOPBACK, 0, answer, handler_class=Silent)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Silent(WSGIRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def audio() -> str:
    """Return the address of an audio file whose name has characters that a header cannot hold."""
    return str(default_storage.url(default_storage.save(NAME, ContentFile(AUDIO))))


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["X-Accel-Redirect", "X-Sendfile"])
def test_proxy_is_told_the_file_and_the_client_everything_else(client, settings, audio, header):
    settings.MEDIA_ACCEL = header
    own = client.get(audio)
    settings.MEDIA_ACCEL = ""
    sent = client.get(audio)

    places = {"X-Accel-Redirect": INTERNAL + NAME, "X-Sendfile": default_storage.path(NAME)}
    assert own[header] == quote(places[header])
    assert own.content == b""
    for name in ("Content-Type", "Cache-Control", "X-Content-Type-Options", "Content-Security-Policy"):
        assert own[name] == sent[name]
    sent.close()


@pytest.mark.django_db
def test_proxy_is_told_nothing_of_what_there_is_not(client, settings, audio):
    settings.MEDIA_ACCEL = "X-Accel-Redirect"

    for name in ("audio/none.mp3", "../interaxion.sqlite3", "audio", "%00"):
        answer = client.get(f"/media/{name}")
        assert (answer.status_code, "X-Accel-Redirect" in answer) == (404, False)


@pytest.mark.nginx
@pytest.mark.filterwarnings("ignore:No directory at")  # no static files are collected for a test
@pytest.mark.django_db(transaction=True)
class TestNginx:
    @pytest.fixture
    def ask(self, settings):
        settings.MEDIA_ACCEL = "X-Accel-Redirect"
        settings.MEDIA_ROOT.mkdir(exist_ok=True)
        with serve_site() as site, services.nginx(site, settings.MEDIA_ROOT) as port:

            def ask(path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
                connection = HTTPConnection(services.LOOPBACK, port, timeout=10)
                named = {name.replace("_", "-"): value for name, value in headers.items()}
                connection.request(method, path, headers=named)
                answer = connection.getresponse()
                body = answer.read()
                connection.close()
                return answer, body

            yield ask

    def test_file_and_its_ranges_with_the_headers_of_the_view(self, ask, audio, client):
        whole, body = ask(audio)
        part, piece = ask(audio, range="bytes=10-19")
        unchanged, nothing = ask(audio, if_modified_since=whole.headers["Last-Modified"])
        head, _none = ask(audio, "HEAD")
        own = client.get(audio)

        assert (whole.status, body) == (200, AUDIO)
        assert (part.status, piece, part.headers["Content-Range"]) == (206, AUDIO[10:20], f"bytes 10-19/{len(AUDIO)}")
        assert (unchanged.status, nothing) == (304, b"")
        assert head.headers["Content-Length"] == str(len(AUDIO))
        assert whole.headers["Accept-Ranges"] == "bytes"
        for answer in (whole, part):
            assert "X-Accel-Redirect" not in answer.headers
            for name in set(own.headers) - {"X-Accel-Redirect", "Content-Length", "Content-Language"}:
                assert answer.headers.get_all(name) == [own[name]], name

    def test_document_is_saved_under_its_name(self, ask):
        slides = store_file("\u8a71.pdf", b"%PDF-0123456789").file.url

        answer, body = ask(slides)

        assert (answer.status, body) == (200, b"%PDF-0123456789")
        assert answer.headers["Content-Type"] == "application/pdf"

    def test_files_are_reached_by_our_view_alone(self, ask, audio):
        assert ask(INTERNAL + "audio/none.mp3")[0].status == 404
        assert ask(audio.replace("/media/", INTERNAL))[0].status == 404
        assert ask("/media/../secret-key")[0].status == 404

    def test_pages_pass(self, ask):
        answer, body = ask("/healthz")

        assert (answer.status, json.loads(body)["status"]) == (200, "ok")
