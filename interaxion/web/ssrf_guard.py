"""The one way in which we ask other hosts: guarded, in limited time, for a limited number of bytes.

`fetch_target` says whom we may ask; the connection goes to the very address that it has checked, so a name that means
another address a moment later gains nothing. Pure; messages are English, for commands and logs.
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
CHUNK = 64 * 1024


@dataclass(frozen=True)
class Fetched:
    url: str  # where the answer came from, redirects followed
    status: int
    content_type: str
    length: int | None  # as the host says it, of the whole body, also where a HEAD leaves it out
    body: bytes


def fetch(
    url: str,
    *,
    most_bytes: int,
    seconds: float = 20,
    method: str = "GET",
    allowed_networks: Sequence[IPNetwork] = (),
) -> Fetched:
    """Ask for `url`, following at most three redirects, each of which the guard sees.

    `seconds` is the time for all of it. `allowed_networks` are let through beside the public ones, with any port:
    only tests have any. Raises FetchRefused and FetchFailed.
    """
    ends_at = time.monotonic() + seconds
    for _ in range(MOST_REDIRECTS + 1):
        target = Target(url, allowed_networks)
        status, headers, body = _ask(target, method, most_bytes, ends_at)
        location = headers.get("Location", "")
        if status not in REDIRECTS or not location:
            said = headers.get("Content-Length", "")
            length = int(said) if said.isascii() and said.isdecimal() and len(said) < 16 else None
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
    # Whoever sends one byte now and then never lets a time-out of the socket pass.
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
    """Where the time is up, what came may be a part only."""
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
