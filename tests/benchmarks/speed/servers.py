"""The servers that are compared, and requests to them over a connection that stays open."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any, NamedTuple

from tests.benchmarks.speed.processes import cpu_seconds, tree_of
from tests.services import LOOPBACK

#: Seconds for what a server still does after its response has arrived.
SETTLES = 0.003


Headers = Mapping[str, str]
NONE: Headers = {}
ZIPPED: Headers = {"Accept-Encoding": "gzip"}


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Sample(NamedTuple):
    """Milliseconds for one request: of processor time, and until the response was there."""

    cpu: float
    wall: float


@dataclass
class Server:
    """`pid` is the first process of its tree; `also` are those that work for it, such as a database server's."""

    port: int
    pid: int
    also: int = 0
    _connection: HTTPConnection | None = field(default=None, repr=False)

    def processes(self) -> list[int]:
        return tree_of(self.pid) + (tree_of(self.also) if self.also else [])

    def request(self, path: str, *, method: str = "GET", body: bytes = b"", headers: Headers = NONE) -> Answer:
        """Send a request and read the whole answer."""
        for is_last in (False, True):
            try:
                if self._connection is None:
                    self._connection = HTTPConnection(LOOPBACK, self.port, timeout=120)
                self._connection.request(method, path, body or None, dict(headers))
                response = self._connection.getresponse()
                return Answer(response.status, dict(response.headers.items()), response.read())
            except (HTTPException, OSError):  # a server may close a connection after any response
                self.forget_connection()
                if is_last:
                    raise
        raise AssertionError

    def forget_connection(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def spend(self, path: str, **request: Any) -> tuple[Answer, float]:
        """Send one request; return its answer, whatever it is, and the milliseconds of processor time."""
        processes = self.processes()
        before = cpu_seconds(processes)
        answer = self.request(path, **request)
        time.sleep(SETTLES)
        return answer, (cpu_seconds(processes) - before) * 1000

    def measure(self, path: str, *, count: int = 1, expect: int = 200, **request: Any) -> Sample:
        """Send the same request `count` times. Raises AssertionError if another status is answered."""
        processes = self.processes()
        before, waited = cpu_seconds(processes), []
        for _ in range(count):
            begun = time.perf_counter()
            answer = self.request(path, **request)
            waited.append((time.perf_counter() - begun) * 1000)
            assert answer.status == expect, f"{path}: {answer.status}, not {expect}"
        time.sleep(SETTLES)
        spent = (cpu_seconds(processes) - before) * 1000 / count
        return Sample(spent, sorted(waited)[len(waited) // 2])
