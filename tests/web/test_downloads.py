"""Downloads to a file, from a server on this machine that cuts connections."""

import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from interaxion.web.downloads import AnsweredOtherwise, download
from interaxion.web.ssrf_guard import FetchFailed, FetchRefused
from tests.web_server import HERE

CONTENT = bytes(range(256)) * 400


class Cutting(BaseHTTPRequestHandler):
    """Sends a file of one version, and cuts the connection after so many bytes, as often as there are cuts."""

    cuts: list[int]
    version: list[str]
    seen: list[tuple[str, str]]
    declares = True
    knows_ranges = True

    def do_GET(self):
        self.seen.append((self.headers.get("Range", ""), self.headers.get("If-Range", "")))
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
            return
        if self.path == "/gone":
            self.send_error(404)
            return
        start = 0
        if self.knows_ranges and self.headers.get("If-Range") == self.version[0]:
            start = int(self.headers["Range"].removeprefix("bytes=").rstrip("-"))
        body = CONTENT[start:]
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}")
        if self.version[0]:
            self.send_header("ETag", self.version[0])
        if self.declares:
            self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", "audio/mpeg")
        self.end_headers()
        self.wfile.write(body[: self.cuts.pop(0)] if self.cuts else body)

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    class Handler(Cutting):
        cuts, version, seen = [], ['"1"'], []

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    Handler.url = f"http://127.0.0.1:{server.server_port}"
    yield Handler
    server.shutdown()
    server.server_close()
    thread.join()


def fetched(server, path="/file", **options):
    file = io.BytesIO()
    done = download(server.url + path, file, **{"most_bytes": 10**6, "allowed_networks": HERE} | options)
    return done, file.getvalue()


def test_download_writes_the_whole_file(server):
    done, content = fetched(server, "/to//file")

    assert content == CONTENT
    assert (done.url, done.content_type, done.length) == (f"{server.url}/file", "audio/mpeg", len(CONTENT))


def test_cut_download_goes_on_from_the_last_byte(server):
    server.cuts[:] = [1000, 2000]

    _done, content = fetched(server)

    assert content == CONTENT
    assert server.seen == [("", ""), ("bytes=1000-", '"1"'), ("bytes=3000-", '"1"')]


@pytest.mark.parametrize("version", ["", 'W/"1"'])
def test_cut_download_of_a_file_without_a_version_begins_again(server, version):
    server.cuts[:], server.version[0] = [1000], version

    assert fetched(server)[1] == CONTENT
    assert server.seen == [("", ""), ("", "")]


def test_file_that_changed_meanwhile_is_fetched_whole(server, monkeypatch):
    server.cuts[:] = [1000]
    monkeypatch.setattr(server, "knows_ranges", False)

    assert fetched(server)[1] == CONTENT


def test_server_that_always_cuts_is_given_up(server):
    server.cuts[:] = [10] * 20

    with pytest.raises(FetchFailed, match="before its end"):
        fetched(server)
    assert len(server.seen) == 6


@pytest.mark.parametrize("declares", [True, False])
def test_file_that_is_too_large_is_refused_at_once(server, monkeypatch, declares):
    monkeypatch.setattr(server, "declares", declares)
    file = io.BytesIO()

    with pytest.raises(FetchFailed, match="more than 5000 bytes"):
        download(f"{server.url}/file", file, most_bytes=5000, allowed_networks=HERE)

    assert len(file.getvalue()) <= 5000 and len(server.seen) == 1


def test_other_answers_and_late_ones_are_told(server):
    with pytest.raises(AnsweredOtherwise) as otherwise:
        fetched(server, "/gone")
    assert otherwise.value.status == 404
    with pytest.raises(FetchFailed, match="in time"):
        fetched(server, seconds=0)


@pytest.mark.parametrize("path", ["/file", "/to/http://10.0.0.1/x"])
def test_every_address_on_the_way_passes_the_guard(server, path):
    networks = () if path == "/file" else HERE

    with pytest.raises(FetchRefused):
        fetched(server, path, allowed_networks=networks)


class FullDisk(io.BytesIO):
    def write(self, data):
        raise OSError(28, "No space left on device")


def test_full_disk_is_no_failure_of_the_server(server):
    with pytest.raises(OSError, match="No space left") as problem:
        download(f"{server.url}/file", FullDisk(), most_bytes=10**6, allowed_networks=HERE)

    assert not isinstance(problem.value, FetchFailed) and len(server.seen) == 1
