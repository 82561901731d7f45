"""The SSRF guard, against a server on this machine, which only a test may reach."""

import ipaddress
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from interaxion.web.downloads import download
from interaxion.web.ssrf_guard import FetchFailed, FetchRefused, fetch

HERE = [ipaddress.ip_network("127.0.0.1/32")]


class Answers(BaseHTTPRequestHandler):
    """What the path says: a status, a redirect, a body that is large, slow or too short."""

    seen: list[tuple[str, str]]
    stop: threading.Event

    def do_GET(self):
        self.seen.append((self.path, self.headers["Host"]))
        kind, _, rest = self.path[1:].partition("/")
        getattr(self, f"answer_{kind}")(rest)

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "text/xml; charset=utf-8", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def answer_text(self, rest: str) -> None:
        self.answer(200, b"<a/>")

    def answer_gone(self, rest: str) -> None:
        self.answer(410, b"gone")

    def answer_to(self, rest: str) -> None:
        self.answer(302, b"", Location=rest)

    def answer_astray(self, rest: str) -> None:
        self.answer(302, b"", Location="http://[::1")

    def answer_loop(self, rest: str) -> None:
        self.answer(302, b"", Location=f"/loop/{int(rest) - 1}" if int(rest) else "/text")

    def answer_large(self, rest: str) -> None:
        self.answer(200, b"x" * int(rest))

    def answer_short(self, rest: str) -> None:
        self.answer(200, b"x", Content_Length="10")

    def answer_drip(self, rest: str) -> None:
        """One byte now and then, so that no single wait is long."""
        self.answer(200, b"")
        while not self.stop.wait(0.05):
            try:
                self.wfile.write(b"x")
                self.wfile.flush()
            except OSError:
                return

    def log_message(self, *args):
        pass


def serve(context: ssl.SSLContext | None = None):
    class Handler(Answers):
        seen = []
        stop = threading.Event()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    Handler.stop.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def server():
    yield from serve()


@pytest.fixture
def site(server):
    return f"http://127.0.0.1:{server.server_port}"


def ask(url, **options):
    return fetch(url, **{"most_bytes": 1000, "seconds": 5, "allowed_networks": HERE} | options)


def test_fetch_returns_the_answer(site):
    answer = ask(f"{site}/text")

    assert (answer.url, answer.status, answer.content_type, answer.body) == (f"{site}/text", 200, "text/xml", b"<a/>")


def test_fetch_returns_an_answer_of_failure_too(site):
    assert ask(f"{site}/gone").status == 410


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://0.0.0.0/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://192.0.0.192/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://[::1]/",
        "http://[::]/",
        "http://[fe80::1]/",
        "http://[fc00::1]/",
        "http://[fec0::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:a00:1]/",
        "http://[::7f00:1]/",
        "http://[::ffff:0:7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[64:ff9b:1::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[3fff::1]/",
        "http://[5f00::1]/",
    ],
)
def test_fetch_refuses_what_is_not_public(url):
    with pytest.raises(FetchRefused, match="not a public address"):
        fetch(url, most_bytes=10)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("ftp://93.184.215.14/", "only http and https"),
        ("//93.184.215.14/", "only http and https"),
        ("http://user:secret@93.184.215.14/", "user's name"),
        ("http://user@93.184.215.14/", "user's name"),
        ("http://93.184.215.14:22/", "ports 80 and 443"),
        ("http://93.184.215.14:8080/", "ports 80 and 443"),
        ("http://93.184.215.14:0/", "ports 80 and 443"),
        ("http:///path", "no host"),
        ("http://[::1/", "no address"),
        ("http://93.184.215.14:port/", "no address"),
    ],
)
def test_fetch_refuses_other_forms(url, reason):
    with pytest.raises(FetchRefused, match=reason):
        fetch(url, most_bytes=10)


def test_fetch_refuses_a_redirect_to_what_is_not_public(site, server):
    with pytest.raises(FetchRefused, match="10.0.0.1, which is not a public address"):
        ask(f"{site}/to/http://10.0.0.1/")
    with pytest.raises(FetchRefused, match="only http and https"):
        ask(f"{site}/to/file:///etc/passwd")


def test_fetch_fails_where_a_redirect_leads_to_no_address(site):
    with pytest.raises(FetchFailed, match="no address"):
        ask(f"{site}/astray")


def test_fetch_follows_three_redirects_and_no_more(site):
    assert ask(f"{site}/loop/2").url == f"{site}/text"
    with pytest.raises(FetchFailed, match="more than 3 redirects"):
        ask(f"{site}/loop/3")


def test_audio_may_be_behind_more_redirects_of_services_that_count(site):
    with tempfile.TemporaryFile() as file:
        assert download(f"{site}/loop/6", file, most_bytes=1000, allowed_networks=HERE).url == f"{site}/text"


def test_fetch_stops_at_the_first_byte_too_many(site):
    assert len(ask(f"{site}/large/1000").body) == 1000
    with pytest.raises(FetchFailed, match="more than 1000 bytes"):
        ask(f"{site}/large/1001")


def test_fetch_stops_when_the_time_is_up_however_the_bytes_drip(site):
    with pytest.raises(FetchFailed, match="in time"):
        ask(f"{site}/drip", seconds=0.4)


def test_fetch_refuses_half_an_answer(site):
    with pytest.raises(FetchFailed, match="before its end|IncompleteRead"):
        ask(f"{site}/short")


def test_fetch_says_that_nobody_answers():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    with pytest.raises(FetchFailed, match="does not answer"):
        ask(f"http://127.0.0.1:{port}/")


@pytest.fixture
def name_server(monkeypatch):
    """Lets `show.test` mean these addresses, one answer after the other; returns those nobody has asked for."""
    real, answers = socket.getaddrinfo, []

    def getaddrinfo(host, port, *args, **kwargs):
        if host != "show.test":
            return real(host, port, *args, **kwargs)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in answers.pop(0)]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return answers


def test_fetch_refuses_a_name_with_one_address_that_is_not_public(name_server):
    name_server.append(["93.184.215.14", "10.0.0.1"])

    with pytest.raises(FetchRefused, match="show.test is 10.0.0.1"):
        fetch("http://show.test/", most_bytes=10)


def test_fetch_resolves_a_name_once_and_connects_there(name_server, server):
    name_server += [["127.0.0.1"], ["10.0.0.1"]]

    answer = ask(f"http://show.test:{server.server_port}/text")

    assert answer.status == 200
    assert name_server == [["10.0.0.1"]]
    assert server.RequestHandlerClass.seen == [("/text", f"show.test:{server.server_port}")]


@pytest.fixture
def certificate(tmp_path):
    if not shutil.which("openssl"):
        pytest.skip("openssl is not on PATH")
    key, made = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=show.test"]
    command += ["-addext", "subjectAltName=DNS:show.test", "-keyout", key, "-out", made]
    subprocess.run(command, check=True, capture_output=True)
    return made, key


@pytest.mark.parametrize("is_trusted", [True, False])
def test_fetch_checks_the_certificate_against_the_name(monkeypatch, name_server, certificate, is_trusted):
    asked = []
    name_server.append(["127.0.0.1"])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    context.sni_callback = lambda _socket, name, _context: asked.append(name)
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    for server in serve(context):
        if is_trusted:
            assert ask(f"https://show.test:{server.server_port}/text").status == 200
        else:
            with pytest.raises(FetchFailed, match="CERTIFICATE_VERIFY_FAILED"):
                ask(f"https://show.test:{server.server_port}/text")

        assert asked == ["show.test"]
