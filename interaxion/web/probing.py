"""Link check: whether many URLs still answer. Hosts are probed in parallel, the pages of one host one after another.

Every request goes through the SSRF guard: HEAD first, then GET if the server refuses HEAD.
"""

import queue
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from interaxion.web.answers import Answer
from interaxion.web.ssrf_guard import FetchFailed, FetchRefused, IPNetwork, fetch

HOSTS_AT_ONCE = 16
PAUSE = 1.0  # seconds between two requests to one host
#: Shorteners lead to shorteners, and shops to their own.
MOST_REDIRECTS = 10
PATIENCE = 10.0  # seconds for one request
MOST_BYTES = 2_000_000
GONE = {404, 410}
#: Rate limits: the host asks for fewer requests, not for another method.
#: https://www.rfc-editor.org/rfc/rfc6585#section-4
TOO_MANY = {429, 503}
#: Errors of the resolver for a name that does not exist. A network that is down gives another one.
NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


def probe(url: str, *, seconds: float = PATIENCE, allowed_networks: Sequence[IPNetwork] = ()) -> Answer:
    """Return the answer of `url`. Nothing that the guard or a server does raises."""
    answer = Answer()
    for method in ("HEAD", "GET"):
        try:
            fetched = fetch(
                url,
                most_bytes=MOST_BYTES,
                seconds=seconds,
                method=method,
                allowed_networks=allowed_networks,
                most_redirects=MOST_REDIRECTS,
            )
        except FetchRefused:
            return Answer()
        except FetchFailed as problem:
            answer = Answer(is_gone=_has_no_such_host(problem))
            if answer.is_gone:
                return answer
            continue
        answer = Answer(fetched.status, fetched.url, is_gone=fetched.status in GONE)
        if answer.is_fine or answer.code in TOO_MANY:
            return answer
    return answer


def probe_all(
    urls: Iterable[str],
    *,
    seconds: float,
    pause: float = PAUSE,
    allowed_networks: Sequence[IPNetwork] = (),
) -> Iterator[tuple[str, Answer]]:
    """Yield each URL with its answer, as they come. After `seconds` the rest is left out.

    `pause` is the time between two requests to one host, in seconds.
    """
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        by_host[urlsplit(url).netloc.lower()].append(url)
    answers: queue.SimpleQueue[tuple[str, Answer] | None] = queue.SimpleQueue()
    ends_at = time.monotonic() + seconds
    stop = threading.Event()

    def ask_host(pages: list[str]) -> None:
        try:
            for number, url in enumerate(pages):
                if number and stop.wait(pause):
                    return
                left = ends_at - time.monotonic()
                if stop.is_set() or left <= 0:
                    return
                answers.put((url, probe(url, seconds=min(left, PATIENCE), allowed_networks=allowed_networks)))
        finally:
            answers.put(None)

    pool = ThreadPoolExecutor(HOSTS_AT_ONCE, thread_name_prefix="probe")
    try:
        for pages in by_host.values():
            pool.submit(ask_host, pages)
        running = len(by_host)
        while running:
            try:
                finished = answers.get(timeout=max(ends_at - time.monotonic(), 0.01))
            except queue.Empty:
                return
            if finished is None:  # a host is done
                running -= 1
            else:
                yield finished
    finally:
        stop.set()
        pool.shutdown(wait=False, cancel_futures=True)


def _has_no_such_host(problem: FetchFailed) -> bool:
    return isinstance(problem.__cause__, socket.gaierror) and problem.__cause__.errno in NO_SUCH_NAME
