"""The proxy of compose.yaml before two apps: visitors are shared, and whoever is gone is left out.

Docker's name server is played by a small one, and the apps by two servers on addresses of the loopback interface.
"""

import socket
import socketserver
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.services import DEPLOY, LOOPBACK, free_port, nginx_program, wait_until_open

pytestmark = pytest.mark.nginx
APPS = ("127.0.0.2", "127.0.0.3")


@contextmanager
def running(server: Any) -> Iterator[Any]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Names(socketserver.BaseRequestHandler):
    """Answers every question with the addresses of all apps (RFC 1035 §4.1)."""

    request: tuple[bytes, socket.socket]

    def handle(self) -> None:
        asked, connection = self.request
        question = asked[12 : asked.index(b"\0", 12) + 5]
        records = [b"\xc0\x0c\0\x01\0\x01\0\0\0\x05\0\x04" + bytes(map(int, app.split("."))) for app in APPS]
        head = asked[:2] + b"\x81\x80\0\x01" + len(records).to_bytes(2, "big") + b"\0\0\0\0"
        connection.sendto(head + question + b"".join(records), self.client_address)


class App(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        said = f"{self.connection.getsockname()[0]} {self.headers['X-Request-ID']} {self.headers['Host']}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def serve_proxy(folder, site_port: int, names_port: int) -> Iterator[int]:
    port = free_port()
    server = (DEPLOY / "nginx-compose.conf").read_text()
    for old, new in (
        ("listen 80;", f"listen {LOOPBACK}:{port};"),
        ("resolver 127.0.0.11 ", f"resolver {LOOPBACK}:{names_port} "),
        ("app:8000", f"app:{site_port}"),
        ("/etc/nginx/nginx-site.conf", str(DEPLOY / "nginx-site.conf")),
    ):
        assert old in server
        server = server.replace(old, new)
    folders = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("proxy", "fastcgi", "uwsgi", "scgi"))
    configuration = folder / "nginx.conf"
    configuration.write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/log warn; events {{ }}\n"
        f"http {{ access_log off; client_body_temp_path {folder}/body; {folders}\n{server}\n}}\n"
    )
    nginx = subprocess.Popen([str(nginx_program()), "-c", str(configuration), "-p", str(folder)])
    try:
        wait_until_open(port, nginx)
        yield port
    finally:
        nginx.terminate()
        nginx.wait()


def ask(port: int) -> list[str]:
    connection = HTTPConnection(LOOPBACK, port, timeout=10)
    connection.request("GET", "/", headers={"Host": "show.example", "X-Request-ID": "of-the-first-proxy"})
    answer = connection.getresponse()
    assert answer.status == 200
    said = answer.read().decode().split()
    connection.close()
    return said


def test_proxy_shares_visitors_among_apps_and_leaves_out_who_is_gone(tmp_path):
    with ExitStack() as stack:
        first = stack.enter_context(running(ThreadingHTTPServer((APPS[0], 0), App)))
        names = stack.enter_context(running(socketserver.ThreadingUDPServer((LOOPBACK, 0), Names)))
        with running(ThreadingHTTPServer((APPS[1], first.server_port), App)):
            port = stack.enter_context(serve_proxy(tmp_path, first.server_port, names.server_address[1]))

            assert {ask(port)[0] for _ in range(10)} == set(APPS)

        assert {tuple(ask(port)) for _ in range(10)} == {(APPS[0], "of-the-first-proxy", "show.example")}
