"""One request to one checked target, and its answer in pieces. Time is limited, however slowly the server sends."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from interaxion.text.source_errors import Reasoned, gettext_noop
from interaxion.web.fetch_target import PORTS, FetchFailed, Target

CHUNK = 64 * 1024  # bytes


class Answer:
    """The head of an answer; its body comes in pieces."""

    def __init__(self, target: Target, ends_at: float, method: str, response: http.client.HTTPResponse) -> None:
        self.url, self.status, self.headers = target.url, response.status, response.headers
        self._target, self._ends_at, self._method, self._response = target, ends_at, method, response

    @property
    def length(self) -> int | None:
        """Bytes by Content-Length: of the whole body, even after a HEAD."""
        declared = self.headers.get("Content-Length", "")
        return int(declared) if declared.isascii() and declared.isdecimal() and len(declared) < 16 else None

    def pieces(self) -> Iterator[bytes]:
        """Yield the body. Raises FetchFailed if it ends before its end."""
        while piece := self._read():
            yield piece
        if self._response.length and self._method != "HEAD":
            raise FetchFailed(gettext_noop("%(url)s: the answer ends before its end"), url=self.url)
        _demand_time(self._target, self._ends_at)

    def _read(self) -> bytes:
        with _as_failure(self._target, self._ends_at):
            return self._response.read1(CHUNK)


@contextmanager
def exchange(
    target: Target, method: str, ends_at: float, headers: Mapping[str, str], body: bytes | None = None
) -> Iterator[Answer]:
    """Send the request and yield the answer. Raises FetchFailed; what the block raises passes as it is.

    `ends_at` is a time of the monotonic clock.
    """
    connected = _connect(target, ends_at)
    if target.is_tls:
        context = ssl.create_default_context()
        connected = context.wrap_socket(connected, server_hostname=target.host, do_handshake_on_connect=False)
    # A server that sends a byte now and then never triggers the timeout of the socket.
    watch = threading.Timer(max(ends_at - time.monotonic(), 0), _shut, [connected])
    watch.daemon = True
    watch.start()
    try:
        with _as_failure(target, ends_at):
            if isinstance(connected, ssl.SSLSocket):
                connected.do_handshake()
            response = _ask(connected, target, method, headers, body)
        with response:
            yield Answer(target, ends_at, method, response)
    finally:
        watch.cancel()
        connected.close()


def _ask(
    connected: socket.socket, target: Target, method: str, headers: Mapping[str, str], body: bytes | None
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = connected
    host = f"[{target.host}]" if ":" in target.host else target.host
    is_usual = target.port == PORTS["https" if target.is_tls else "http"]
    always = {
        "Host": host if is_usual else f"{host}:{target.port}",
        "User-Agent": "Interaxion",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    connection.request(method, target.resource, body=body, headers={**always, **headers})
    return connection.getresponse()


@contextmanager
def _as_failure(target: Target, ends_at: float) -> Iterator[None]:
    try:
        yield
    except (OSError, http.client.HTTPException, ValueError) as problem:
        _demand_time(target, ends_at)
        raise FetchFailed("%(url)s: %(problem)s", url=target.url, problem=_reason_of(problem)) from problem


def _reason_of(problem: Exception) -> object:
    if isinstance(problem, ssl.SSLCertVerificationError):
        return Reasoned(gettext_noop("its certificate is not valid (%(problem)s)"), problem=problem)
    return str(problem) or type(problem).__name__


def _demand_time(target: Target, ends_at: float) -> None:
    """Raise FetchFailed if the time is up: the answer may be incomplete."""
    if time.monotonic() >= ends_at:
        raise FetchFailed(gettext_noop("%(url)s: no whole answer in time"), url=target.url)


def _connect(target: Target, ends_at: float) -> socket.socket:
    problem: OSError | None = None
    for address in target.addresses:
        left = ends_at - time.monotonic()
        if left <= 0:
            raise FetchFailed(gettext_noop("%(url)s: no answer in time"), url=target.url)
        try:
            return socket.create_connection((str(address), target.port), timeout=left)
        except OSError as failed:
            problem = failed
    message = gettext_noop("%(url)s: the host does not answer (%(problem)s)")
    raise FetchFailed(message, url=target.url, problem=problem) from problem


def _shut(connected: socket.socket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(connected, socket.SHUT_RDWR)
