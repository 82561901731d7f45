"""The SSRF guard (server-side request forgery): the only way to send a request to another host.

https://owasp.org/www-community/attacks/Server_Side_Request_Forgery. Time and bytes are limited. `fetch_target` checks
where a request may go; the connection is made to the same IP address that was checked, so a name that resolves to
another address a moment later (DNS rebinding) gains nothing. Messages are in English, for commands and logs.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urljoin

from interaxion.web.fetch_target import PORTS, FetchFailed, FetchRefused, IPNetwork, Target

__all__ = ["FetchFailed", "FetchRefused", "Fetched", "IPNetwork", "fetch"]

MOST_REDIRECTS = 3
REDIRECTS = {301, 302, 303, 307, 308}
CHUNK = 64 * 1024  # bytes


@dataclass(frozen=True)
class Fetched:
    url: str  # the URL that answered, redirects followed
    status: int
    content_type: str
    length: int | None  # bytes by Content-Length: of the whole body, even after a HEAD
    body: bytes


def fetch(
    url: str,
    *,
    most_bytes: int,
    seconds: float = 20,
    method: str = "GET",
    allowed_networks: Sequence[IPNetwork] = (),
) -> Fetched:
    """Fetch `url`, following at most three redirects, each of which is checked again.

    `seconds` is the total time. `allowed_networks` are allowed in addition to the public ones, on any port: only tests
    pass any. Raises FetchRefused for a URL that is not allowed, FetchFailed without a complete answer.
    """
    ends_at = time.monotonic() + seconds
    for _ in range(MOST_REDIRECTS + 1):
        target = Target(url, allowed_networks)
        status, headers, body = _ask(target, method, most_bytes, ends_at)
        location = headers.get("Location", "")
        if status not in REDIRECTS or not location:
            declared = headers.get("Content-Length", "")
            is_number = declared.isascii() and declared.isdecimal() and len(declared) < 16
            length = int(declared) if is_number else None
            return Fetched(url, status, headers.get_content_type(), length, body)
        try:
            url = urljoin(url, location)
        except ValueError as problem:
            raise FetchFailed(f"{url}: leads to {location}, which is no address") from problem
    raise FetchFailed(f"{url}: more than {MOST_REDIRECTS} redirects")


def _ask(target: Target, method: str, most_bytes: int, ends_at: float) -> tuple[int, http.client.HTTPMessage, bytes]:
    connected = _connect(target, ends_at)
    if target.is_tls:
        context = ssl.create_default_context()
        connected = context.wrap_socket(connected, server_hostname=target.host, do_handshake_on_connect=False)
    # A server that sends a byte now and then never triggers the timeout of the socket.
    watch = threading.Timer(max(ends_at - time.monotonic(), 0), _shut, [connected])
    watch.daemon = True
    watch.start()
    try:
        if isinstance(connected, ssl.SSLSocket):
            connected.do_handshake()
        answer = _talk(connected, target, method, most_bytes)
    except FetchFailed:
        raise
    except (OSError, http.client.HTTPException, ValueError) as problem:
        _demand_time(target, ends_at)
        raise FetchFailed(f"{target.url}: {problem or type(problem).__name__}") from problem
    finally:
        watch.cancel()
        connected.close()
    _demand_time(target, ends_at)
    return answer


def _talk(
    connected: socket.socket, target: Target, method: str, most_bytes: int
) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = connected
    host = f"[{target.host}]" if ":" in target.host else target.host
    is_usual = target.port == PORTS["https" if target.is_tls else "http"]
    headers = {
        "Host": host if is_usual else f"{host}:{target.port}",
        "User-Agent": "Interaxion",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    connection.request(method, target.resource, headers=headers)
    with connection.getresponse() as response:
        body = bytearray()
        while chunk := response.read1(CHUNK):
            body += chunk
            if len(body) > most_bytes:
                raise FetchFailed(f"{target.url}: more than {most_bytes} bytes")
        if response.length and method != "HEAD":
            raise FetchFailed(f"{target.url}: the answer ends before its end")
        return response.status, response.headers, bytes(body)


def _demand_time(target: Target, ends_at: float) -> None:
    """Raise FetchFailed if the time is up: the answer may be incomplete."""
    if time.monotonic() >= ends_at:
        raise FetchFailed(f"{target.url}: no whole answer in time")


def _connect(target: Target, ends_at: float) -> socket.socket:
    problem: OSError | None = None
    for address in target.addresses:
        left = ends_at - time.monotonic()
        if left <= 0:
            raise FetchFailed(f"{target.url}: no answer in time")
        try:
            return socket.create_connection((str(address), target.port), timeout=left)
        except OSError as failed:
            problem = failed
    raise FetchFailed(f"{target.url}: the host does not answer ({problem})") from problem


def _shut(connected: socket.socket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(connected, socket.SHUT_RDWR)
