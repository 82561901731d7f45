"""The visitors of a drill: readers, who want each page at once, and listeners, who download slowly."""

import socket
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import Event, Thread

from tests.services import LOOPBACK

PAGES = ("/", "/healthz", "/episodes/", "/1", "/feed.xml", "/search?q=%E5%85%89")


@dataclass
class Readers:
    """Readers who request each page in turn. `seconds` holds how long each request took, `failures` what went wrong.

    With `other_port` they ask two servers by turns, as a proxy does, and the other one again if one does not answer.
    """

    port: int
    other_port: int | None = None
    patience: float = 10
    pages: Iterable[str] = PAGES
    seconds: list[tuple[float, str]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    retries: int = 0

    def warm_up(self) -> None:
        """Ask for the pages for two seconds, and forget how long it took: usually they are in the cache."""
        self.read(2)
        self.seconds.clear()

    def read(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for page in self.pages:
                self.read_one(page)

    def read_one(self, page: str) -> None:
        began_at = time.monotonic()
        try:
            status = self._ask(self.port, page)
        except (OSError, HTTPException) as problem:
            status = repr(problem)
            if self.other_port:
                self.retries += 1
                status = self._ask(self.other_port, page)
        if status != 200:
            self.failures.append(f"{page}: {status}")
        self.seconds.append((time.monotonic() - began_at, page))
        if self.other_port:
            self.port, self.other_port = self.other_port, self.port

    def _ask(self, port: int, page: str) -> int | str:
        connection = HTTPConnection(LOOPBACK, port, timeout=self.patience)
        try:
            connection.request("GET", page, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()

    def __str__(self) -> str:
        ordered = sorted(self.seconds)
        (middle, _page), (worst, page) = ordered[len(ordered) // 2], ordered[-1]
        summary = f"{len(ordered)} pages, median {middle * 1000:.0f} ms, slowest {worst * 1000:.0f} ms ({page})"
        return summary + "".join(f"\n    {failure}" for failure in self.failures[:5])

    def check(self, most: float) -> None:
        assert not self.failures, self.failures[:5]
        worst, page = max(self.seconds)
        assert worst <= most, f"{page} took {worst:.1f} s"


class Listeners:
    """Download one file at `rate` bytes per second each, all in one thread, until the block ends."""

    def __init__(self, port: int, path: str, *, count: int, rate: int = 16_000) -> None:
        self.port, self.path, self.count, self.rate = port, path, count, rate
        self.taken = [0] * count
        self.is_over = Event()

    def __enter__(self) -> "Listeners":
        self.sockets = [self._connect() for _ in range(self.count)]
        self.thread = Thread(target=self._listen)
        self.thread.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self.is_over.set()
        self.thread.join()
        for listener in self.sockets:
            listener.close()

    def _connect(self) -> socket.socket:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)  # or the network buffers the rest
        listener.connect((LOOPBACK, self.port))
        request = f"GET {self.path} HTTP/1.1\r\nHost: {LOOPBACK}:{self.port}\r\nRange: bytes=0-\r\n\r\n"
        listener.sendall(request.encode())
        listener.setblocking(False)
        return listener

    def _listen(self) -> None:
        """Take the bytes of a tenth of a second in each tenth of a second."""
        began_at = time.monotonic()
        while not self.is_over.wait(0.1):
            due = int((time.monotonic() - began_at) * self.rate)
            for number, listener in enumerate(self.sockets):
                with suppress(BlockingIOError):
                    self.taken[number] += len(listener.recv(max(due - self.taken[number], 1)))
