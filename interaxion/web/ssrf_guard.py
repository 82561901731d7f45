"""The SSRF guard (server-side request forgery): the only way to send a request to another host.

https://owasp.org/www-community/attacks/Server_Side_Request_Forgery. Time and bytes are limited. `fetch_target` checks
where a request may go; the connection is made to the same IP address that was checked, so a name that resolves to
another address a moment later (DNS rebinding) gains nothing. Whoever shows the reason of a refusal translates it.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode, urljoin

from interaxion.text.source_errors import gettext_noop
from interaxion.web.exchange import Answer, exchange
from interaxion.web.fetch_target import FetchFailed, FetchRefused, IPNetwork, Target

__all__ = ["FetchFailed", "FetchRefused", "Fetched", "IPNetwork", "fetch", "follow", "post_form"]

MOST_REDIRECTS = 3
#: Of audio: each service that counts downloads redirects to the next.
MOST_REDIRECTS_OF_AUDIO = 10
REDIRECTS = {301, 302, 303, 307, 308}


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
    headers: Mapping[str, str] | None = None,
    allowed_networks: Sequence[IPNetwork] = (),
    most_redirects: int = MOST_REDIRECTS,
) -> Fetched:
    """Fetch `url`, following redirects, each of which is checked again.

    `seconds` is the total time. `allowed_networks` are allowed in addition to the public ones, on any port: only tests
    pass any. Raises FetchRefused for a URL that is not allowed, FetchFailed without a complete answer. What is large
    goes to a file: `downloads.py`.
    """
    with follow(
        url,
        method=method,
        ends_at=time.monotonic() + seconds,
        headers=headers,
        allowed_networks=allowed_networks,
        most_redirects=most_redirects,
    ) as answer:
        body = bytearray()
        for piece in answer.pieces():
            body += piece
            if len(body) > most_bytes:
                raise FetchFailed(gettext_noop("%(url)s: more than %(bytes)s bytes"), url=answer.url, bytes=most_bytes)
        return Fetched(answer.url, answer.status, answer.headers.get_content_type(), answer.length, bytes(body))


def post_form(
    url: str, fields: Mapping[str, str], *, seconds: float = 20, allowed_networks: Sequence[IPNetwork] = ()
) -> int:
    """Send a form and return the status of the answer; a redirect is not followed. Raises as `fetch` does."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    target, ends_at = Target(url, allowed_networks), time.monotonic() + seconds
    with exchange(target, "POST", ends_at, headers, urlencode(fields).encode()) as answer:
        return answer.status


@contextmanager
def follow(
    url: str,
    *,
    method: str,
    ends_at: float,
    headers: Mapping[str, str] | None = None,
    allowed_networks: Sequence[IPNetwork] = (),
    most_redirects: int = MOST_REDIRECTS,
) -> Iterator[Answer]:
    """Yield the answer at the end of the redirects, each of which is checked. `ends_at` is of the monotonic clock."""
    for _ in range(most_redirects + 1):
        with exchange(Target(url, allowed_networks), method, ends_at, headers or {}) as answer:
            location = answer.headers.get("Location", "")
            if answer.status not in REDIRECTS or not location:
                yield answer
                return
        try:
            url = urljoin(url, location)
        except ValueError as problem:
            message = gettext_noop("%(url)s: leads to %(location)s, which is no address")
            raise FetchFailed(message, url=url, location=location) from problem
    raise FetchFailed(gettext_noop("%(url)s: more than %(most)s redirects"), url=url, most=most_redirects)
