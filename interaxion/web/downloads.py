"""Downloading a large file through the SSRF guard: to a file, and on from the last byte after a cut connection."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPMessage
from typing import IO

from interaxion.text.source_errors import gettext_noop
from interaxion.web.exchange import Answer
from interaxion.web.ssrf_guard import MOST_REDIRECTS_OF_AUDIO, FetchFailed, IPNetwork, follow

#: How often the connection may be cut.
MOST_CUTS = 5
_RANGE = re.compile(r"bytes (\d{1,15})-\d{1,15}/")


class AnsweredOtherwise(FetchFailed):
    """The server answered, but not with the file."""

    def __init__(self, url: str, status: int) -> None:
        super().__init__(gettext_noop("%(url)s: the host answers %(status)s"), url=url, status=status)
        self.status = status


class TooLarge(FetchFailed):
    def __init__(self, url: str, most_bytes: int) -> None:
        super().__init__(gettext_noop("%(url)s: more than %(bytes)s bytes"), url=url, bytes=most_bytes)


@dataclass(frozen=True)
class Downloaded:
    url: str  # the URL that answered, redirects followed
    content_type: str
    length: int  # bytes


def download(
    url: str, file: IO[bytes], *, most_bytes: int, seconds: float = 600, allowed_networks: Sequence[IPNetwork] = ()
) -> Downloaded:
    """Write what is at `url` into an empty file that can seek.

    A cut download goes on with a range (RFC 9110 §14), if the server says that the file is still the same; else it
    begins again. `seconds` is the total time. Raises FetchRefused, and FetchFailed or one of its kinds above;
    what goes wrong with the file passes as it is.
    """
    ends_at = time.monotonic() + seconds
    version, cuts = "", 0
    while True:
        start = file.tell() if version else 0
        # `If-Range`: from there if it is the same file, else the whole of it.
        headers = {"Range": f"bytes={start}-", "If-Range": version} if start else {}
        with follow(
            url,
            method="GET",
            ends_at=ends_at,
            headers=headers,
            allowed_networks=allowed_networks,
            most_redirects=MOST_REDIRECTS_OF_AUDIO,
        ) as answer:
            file.seek(_first_byte_of(answer, start))
            file.truncate()
            version = _version_of(answer.headers)
            try:
                _write(answer, file, most_bytes)
            except TooLarge:
                raise
            except FetchFailed:
                cuts += 1
                if cuts > MOST_CUTS or time.monotonic() >= ends_at:
                    raise
            else:
                return Downloaded(answer.url, answer.headers.get_content_type(), file.tell())


def _write(answer: Answer, file: IO[bytes], most_bytes: int) -> None:
    if file.tell() + (answer.length or 0) > most_bytes:
        raise TooLarge(answer.url, most_bytes)
    for piece in answer.pieces():
        if file.tell() + len(piece) > most_bytes:
            raise TooLarge(answer.url, most_bytes)
        file.write(piece)


def _first_byte_of(answer: Answer, asked: int) -> int:
    """Return where in the file the body begins."""
    if answer.status == 200:
        return 0
    part = _RANGE.match(answer.headers.get("Content-Range", ""))
    if answer.status == 206 and part and int(part[1]) == asked:
        return asked
    raise AnsweredOtherwise(answer.url, answer.status)


def _version_of(headers: HTTPMessage) -> str:
    """Return what tells this version of the file from others: a strong ETag, or the date. RFC 9110 §13.1.5."""
    etag: str = headers.get("ETag", "")
    return etag if etag.startswith('"') else headers.get("Last-Modified", "")
