"""Public pages: made once, kept until something changes, and not sent to those who have them.

Always fresh, without time-outs: `SiteState` and the release are the key, and one small query asks for it each time.
"""

import gzip
import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date

from interaxion.content.publishing.site_state import SiteState
from interaxion.serving.release import release_key

View = Callable[..., HttpResponse]

#: The name of the cache that keeps them.
PAGES = "pages"
#: Only so that what nobody asks for is not kept for ever, in seconds: an old copy is never shown.
KEPT_FOR = 30 * 24 * 60 * 60
#: The player reads these from the address, not we; the others say where a visitor came from. One page is kept for all
#: of them, so no template writes what stands in the address: it has `kept_query`, which is what the view has read.
READ_BY_NO_VIEW = re.compile(r"t|utm_\w+|fbclid|gclid|mc_[ce]id|ref")
#: Shorter answers gain nothing by compression, in bytes.
WORTH_COMPRESSING = 500


class Kept(NamedTuple):
    """What a view answered under `etag`. Nothing in it is secret or a visitor's own, so it may be compressed."""

    etag: str
    headers: dict[str, str]
    body: bytes
    zipped: bytes

    @classmethod
    def of(cls, response: HttpResponse, etag: str) -> "Kept":
        body = response.content
        zipped = gzip.compress(body, compresslevel=6, mtime=0) if len(body) >= WORTH_COMPRESSING else b""
        return cls(etag, dict(response.headers), body, zipped)

    def answer(self, request: HttpRequest) -> HttpResponse:
        zipped = self.zipped and re.search(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", _accepted(request))
        response = HttpResponse(self.zipped if zipped else self.body, headers=self.headers)
        if zipped:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.content))
        return response


def public_page(view: View) -> View:
    """Keep what a view shows, give it an ETag, and answer 304 to those who have it.

    For views that show everybody the same, by the address and the content alone. Other copies may be kept anywhere
    and are asked about each time they are used, so nothing is ever stale. What is no page (a redirect, an answer
    that says `no-store`) and what was posted passes as it is; with DEBUG every page is made anew.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if settings.DEBUG or request.method not in {"GET", "HEAD"}:
            return view(request, *args, **kwargs)
        state = SiteState.current()
        # The instant is in it too: another database may be at the same version.
        etag = f"W/{state.etag(release_key(), f'{state.changed_at.timestamp():.6f}')}"
        unchanged = get_conditional_response(request, etag)
        if unchanged and request.headers.get("If-None-Match") != "*":  # that asks for any page, and there may be none
            return _with_validators(unchanged, etag)
        key = _key(request)
        kept = caches[PAGES].get(key) if key else None
        if not kept or kept.etag != etag:
            response = view(request, *args, **kwargs)
            if response.status_code != 200 or response.streaming or response.has_header("Cache-Control"):
                return response
            kept = Kept.of(response, etag)
            if key:
                caches[PAGES].set(key, kept, timeout=KEPT_FOR)
        response = kept.answer(request)
        last_modified = None if response.headers["Content-Type"].startswith("text/html") else _last_modified(state)
        if last_modified is not None:
            response.headers["Last-Modified"] = http_date(last_modified)
        return get_conditional_response(request, etag, last_modified, _with_validators(response, etag))

    return answer


def _key(request: HttpRequest) -> str:
    """Empty for an address with a query: it can be spelled without end, while there are as many others as things."""
    if not all(READ_BY_NO_VIEW.fullmatch(name) for name in request.GET):
        return ""
    # The release is in it too: another one may keep its pages in another form. And so is the host.
    return hashlib.sha256(f"{release_key()} {request.get_host()} {request.path}".encode()).hexdigest()


def _accepted(request: HttpRequest) -> str:
    return request.headers.get("Accept-Encoding", "")


def _with_validators(response: HttpResponse, etag: str) -> HttpResponse:
    response.headers["ETag"] = etag
    patch_cache_control(response, public=True, no_cache=True)
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _last_modified(state: SiteState) -> int | None:
    """The second of the last change, once it is over: until then another change could follow within it, and a
    reader who knows the second alone would miss that one. https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2.2

    Feed readers ask by it. Pages have none: a release changes them too, and has no date.
    """
    second = int(state.last_change().timestamp())
    return second if second < int(timezone.now().timestamp()) else None
