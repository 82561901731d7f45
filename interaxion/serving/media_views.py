"""Media files with byte ranges, which players need for seeking and Django does not have.

If MEDIA_ACCEL names the header of a proxy, this view writes the headers, and the proxy sends the file. From an object
storage (MEDIA_STORAGE) the view fetches the requested range only.
"""

import mimetypes
import re
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import PurePosixPath
from typing import IO, Any
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe

from interaxion.content.files.models import SVG_TYPE, StoredFile
from interaxion.content.files.plain_files import CONTENT_TYPES
from interaxion.content.files.renditions import NotKept, make_rendition
from interaxion.content.files.storage_away import StorageAway
from interaxion.content.jobs.uploads import is_upload
from interaxion.serving.security import FOR_ALL_SITES, policy_for

#: A single range: players ask for no more. RFC 9110 §14.1.2.
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
#: Content types that a browser may show; it is told to save all others.
SHOWN = re.compile(r"(image|audio|video)/|text/vtt$|application/pdf$")
#: Content types that play in a tab of their own, and in players on other sites.
PLAYED = re.compile("(audio|video)/")
HEADERS = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
#: Bytes of a range that are fetched from an object storage at once. A shorter part than requested is allowed: a player
#: asks for the rest (RFC 9110 §15.3.7).
LONGEST_PART = 8 * 1024 * 1024
#: Where nginx finds the files that X-Accel-Redirect names: an internal location, see .deploy/nginx-site.conf.
INTERNAL = "/media-files/"


def media(request: HttpRequest, name: str) -> HttpResponse:
    """Send the stored file, whole or the requested range. Names are hashes, so a cached copy is valid for ever."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    try:
        stream = _open(name)
    except NotKept as rendition:
        headers = HEADERS | {"Cache-Control": "no-store"}
        return HttpResponse(rendition.data, content_type=content_type_of(name), headers=headers)
    except (OSError, SuspiciousFileOperation, ValueError) as problem:
        raise Http404 from problem
    except StorageAway:
        return _away()
    with ExitStack() as closing_on_error:
        closing_on_error.enter_context(stream)
        try:
            response = _hand_on(name) if settings.MEDIA_ACCEL else _respond(request, name, stream)
        except StorageAway:
            return _away()
        if response.streaming:
            closing_on_error.pop_all()  # the response closes the stream once it is sent
    return response


def _away() -> HttpResponse:
    return HttpResponse(status=503, headers={"Retry-After": "10", "Cache-Control": "no-store"})


def _open(name: str) -> IO[bytes]:
    if is_upload(name):
        raise FileNotFoundError(name)  # it waits for a job, and is nobody's to read
    try:
        return default_storage.open(name)
    except FileNotFoundError:
        if not make_rendition(name):
            raise
        return default_storage.open(name)


def _hand_on(name: str) -> HttpResponse:
    """Return the headers of the whole file and its name for the proxy, which handles ranges and dates itself."""
    place = INTERNAL + name if settings.MEDIA_ACCEL == "X-Accel-Redirect" else default_storage.path(name)
    content_type = content_type_of(name)
    return _without_body(name, content_type, headers_of(content_type) | {settings.MEDIA_ACCEL: quote(place)})


def _without_body(name: str, content_type: str, headers: Mapping[str, str]) -> HttpResponse:
    response = HttpResponse(content_type=content_type, headers=headers)
    if not SHOWN.match(content_type):
        response.headers["Content-Disposition"] = content_disposition_header(True, _name_of(name))
    return response


def _respond(request: HttpRequest, name: str, stream: Any) -> HttpResponse:
    fetch = getattr(stream, "fetch", None)  # RemoteFile: the file is not on this machine
    size = stream.size if fetch else default_storage.size(name)
    changed_at = stream.changed_at if fetch else default_storage.get_modified_time(name)
    content_type = content_type_of(name)
    headers = headers_of(content_type) | {"Accept-Ranges": "bytes", "Last-Modified": http_date(changed_at.timestamp())}
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    if since is not None and int(changed_at.timestamp()) <= since:
        return HttpResponse(status=304, headers=headers)
    if request.method == "HEAD":  # a range is for GET only, RFC 9110 §14.2
        return _without_body(name, content_type, headers | {"Content-Length": str(size)})
    byte_range = RANGE.fullmatch(request.headers.get("Range", "").strip())
    if byte_range is None or byte_range.groups() == ("", ""):
        saved_as = "" if SHOWN.match(content_type) else _name_of(name)
        body = fetch(0, size) if fetch else stream
        return FileResponse(
            body, as_attachment=bool(saved_as), filename=saved_as, content_type=content_type, headers=headers
        )
    first, last = _bounds(byte_range[1], byte_range[2], size)
    if first > last:
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    if fetch:
        last = min(last, first + LONGEST_PART - 1)
    length = last - first + 1
    headers |= {"Content-Range": f"bytes {first}-{last}/{size}", "Content-Length": str(length)}
    body = fetch(first, length) if fetch else _Part(stream, first, length)
    return FileResponse(body, status=206, content_type=content_type, headers=headers)


def headers_of(content_type: str) -> dict[str, str]:
    """Return the headers that every response about a file of this type has."""
    if content_type == SVG_TYPE:
        return HEADERS | {"Content-Security-Policy": policy_for("svg_media")}
    is_played = PLAYED.match(content_type)
    return HEADERS | (FOR_ALL_SITES | {"Content-Security-Policy": policy_for("played_media")} if is_played else {})


def content_type_of(name: str) -> str:
    own = CONTENT_TYPES.get(PurePosixPath(name).suffix)
    return own or mimetypes.guess_type(name, strict=False)[0] or "application/octet-stream"


def _name_of(name: str) -> str:
    """Return the name that the file had when it was uploaded."""
    stored = StoredFile.objects.filter(file=name).values_list("name", flat=True).first()
    return stored or PurePosixPath(name).name


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """Return the first and the last byte, inclusive. `500-` is from there to the end, `-500` the last 500 bytes."""
    if not first:
        return max(size - int(last), 0), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


class _Part:
    """`length` bytes of a stream from `first` on, for a server that reads them, or sends them itself by `fileno`."""

    def __init__(self, stream: IO[bytes], first: int, length: int) -> None:
        stream.seek(first)
        self.left, self._read = length, stream.read
        self.close, self.fileno = stream.close, stream.fileno

    def read(self, most: int) -> bytes:
        chunk = self._read(min(most, self.left))
        self.left -= len(chunk)
        return chunk
