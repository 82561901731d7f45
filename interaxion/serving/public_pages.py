"""The cache of public pages: made once, kept until something changes, and not sent to clients that have them.

Pages are always fresh, without time-outs. Each is kept under a cache key for its address, with an ETag of `SiteState`
and the release; one small query reads the current ETag for each request.
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
from interaxion.content.release import release_key

View = Callable[..., HttpResponse]

#: The name in CACHES of the cache that keeps them.
PAGES = "pages"
#: Cache timeout in seconds. It only bounds the size of the cache: the ETag, not this, decides freshness.
KEPT_FOR = 30 * 24 * 60 * 60
#: Query parameters that no view reads: `t` is for the player, the others say where a visitor came from. One page is
#: kept for all of them, so templates write `kept_query`, what the view has read, never the query string of the request.
READ_BY_NO_VIEW = re.compile(r"t|utm_\w+|fbclid|gclid|mc_[ce]id|ref")
#: Responses of fewer bytes gain nothing by compression.
WORTH_COMPRESSING = 500
#: Of gzip. Level 6 makes a feed 5 % smaller, but takes 1.7 times as long: more than all else that a feed costs.
LEVEL = 4


class Kept(NamedTuple):
    """The response of a view under `etag`. It holds nothing secret and nothing of a visitor, so compression is safe."""

    etag: str
    headers: dict[str, str]
    body: bytes
    zipped: bytes

    @classmethod
    def of(cls, response: HttpResponse, etag: str) -> "Kept":
        body = response.content
        zipped = gzip.compress(body, compresslevel=LEVEL, mtime=0) if len(body) >= WORTH_COMPRESSING else b""
        return cls(etag, dict(response.headers), body, zipped)

    def answer(self, request: HttpRequest) -> HttpResponse:
        zipped = self.zipped and re.search(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", _accepted(request))
        response = HttpResponse(self.zipped if zipped else self.body, headers=self.headers)
        if zipped:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.content))
        return response


def public_page(view: View) -> View:
    """Keep the response of a view, give it an ETag, and answer 304 to clients that have it.

    For views that show everybody the same, by the address and the content alone. Browsers and proxies may keep copies
    but must revalidate them each time (`no-cache`), so nothing is ever stale. Redirects, responses with a
    Cache-Control of their own (`no-store`) and POST requests pass unchanged; with DEBUG nothing is kept.
    What several pages share may be kept under the same key, which the view finds in `request.cache_key`.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        state = SiteState.current()  # first, since the time zone of the site comes with it
        if settings.DEBUG or request.method not in {"GET", "HEAD"}:
            return view(request, *args, **kwargs)
        etag = request.cache_key = f"W/{state.etag(release_key())}"
        unchanged = get_conditional_response(request, etag)
        if unchanged and request.headers.get("If-None-Match") != "*":  # `*` asks for any page, and there may be none
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
    """Return the cache key; "" for an address with a query that a view may read: there is no end to such addresses."""
    if not all(READ_BY_NO_VIEW.fullmatch(name) for name in request.GET):
        return ""
    # It includes the release, because another one may keep pages in another form, and the host.
    return hashlib.sha256(f"{release_key()} {request.get_host()} {request.path}".encode()).hexdigest()


def _accepted(request: HttpRequest) -> str:
    return request.headers.get("Accept-Encoding", "")


def _with_validators(response: HttpResponse, etag: str) -> HttpResponse:
    response.headers["ETag"] = etag
    patch_cache_control(response, public=True, no_cache=True)
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _last_modified(state: SiteState) -> int | None:
    """Return the second of the last change, in Unix time, once this second is over, else None.

    Another change could follow within the same second, and a client that knows only the second would miss it.
    https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2.2
    Feed readers ask by this date. HTML pages have none: a release changes them too, and has no date.
    """
    second = int(state.last_change().timestamp())
    return second if second < int(timezone.now().timestamp()) else None
