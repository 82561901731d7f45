"""Media with byte ranges, which players need to seek and Django does not have. A proxy or a storage may replace it."""

import mimetypes
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import PurePosixPath
from typing import IO

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import http_date, parse_http_date_safe

from interaxion.content.files.pictures import StoredFile
from interaxion.content.files.plain_files import CONTENT_TYPES
from interaxion.content.files.renditions import make_rendition
from interaxion.content.security import FOR_ALL_SITES, policy_for

#: One range, which is all that players ask for. RFC 9110 §14.1.2.
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
#: What a browser shows by itself; everything else it is told to save.
SHOWN = re.compile(r"(image|audio|video)/|text/vtt$|application/pdf$")
#: What plays in a tab of its own, and in players on other sites.
PLAYED = re.compile("(audio|video)/")
CHUNK = 64 * 1024


def media(request: HttpRequest, name: str) -> HttpResponse:
    """The stored file, whole or the range that is asked for. Names are hashes, so a copy is good for ever."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    try:
        stream = _open(name)
    except (OSError, SuspiciousFileOperation, ValueError) as problem:
        raise Http404 from problem
    with ExitStack() as closing_on_error:
        closing_on_error.enter_context(stream)
        response = _respond(request, name, stream)
        if response.streaming:
            closing_on_error.pop_all()  # the response closes it when it is sent
    return response


def _open(name: str) -> IO[bytes]:
    try:
        return default_storage.open(name)
    except FileNotFoundError:
        if not make_rendition(name):
            raise
        return default_storage.open(name)


def _respond(request: HttpRequest, name: str, stream: IO[bytes]) -> HttpResponse:
    size = default_storage.size(name)
    changed_at = default_storage.get_modified_time(name)
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "public, max-age=31536000, immutable",
        "Last-Modified": http_date(changed_at.timestamp()),
        "X-Content-Type-Options": "nosniff",
    }
    content_type = _content_type_of(name)
    if PLAYED.match(content_type):
        headers |= FOR_ALL_SITES | {"Content-Security-Policy": policy_for("played_media")}
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    if since is not None and int(changed_at.timestamp()) <= since:
        return HttpResponse(status=304, headers=headers)
    asked = RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked is None or asked.groups() == ("", ""):
        saved_as = "" if SHOWN.match(content_type) else _name_of(name)
        return FileResponse(
            stream, as_attachment=bool(saved_as), filename=saved_as, content_type=content_type, headers=headers
        )
    first, last = _bounds(asked[1], asked[2], size)
    if first > last:
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    headers |= {"Content-Range": f"bytes {first}-{last}/{size}", "Content-Length": str(last - first + 1)}
    stream.seek(first)
    part = _Part(stream, last - first + 1)
    return StreamingHttpResponse(part, status=206, content_type=content_type, headers=headers)


def _content_type_of(name: str) -> str:
    own = CONTENT_TYPES.get(PurePosixPath(name).suffix)
    return own or mimetypes.guess_type(name, strict=False)[0] or "application/octet-stream"


def _name_of(name: str) -> str:
    """As it was called when it was uploaded."""
    stored = StoredFile.objects.filter(file=name).values_list("name", flat=True).first()
    return stored or PurePosixPath(name).name


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """`500-` from there to the end, `-500` the last 500 bytes. Both ends inclusive."""
    if not first:
        return max(size - int(last), 0), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


class _Part:
    """The next `length` bytes of a stream; Django closes it, and so the stream, when the response is done."""

    def __init__(self, stream: IO[bytes], length: int) -> None:
        self.stream, self.left = stream, length
        self.close = stream.close

    def __iter__(self) -> Iterator[bytes]:
        while self.left > 0 and (chunk := self.stream.read(min(CHUNK, self.left))):
            self.left -= len(chunk)
            yield chunk
