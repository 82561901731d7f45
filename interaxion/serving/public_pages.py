"""The cache of public pages: made once, kept until something changes, and not sent to clients that have them.

Pages are always fresh, without time-outs. Each is kept under a cache key for its address, with an ETag of `SiteState`
and the release; one small query reads the current ETag for each request. A view says that its page is a public one;
the middleware keeps what leaves the site, and answers the next visitor before any other part looks at the request.
"""

import gzip
import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_etags

from interaxion.content.publishing.site_state import CurrentState, SiteState
from interaxion.content.release import release_key
from interaxion.serving.cookies import DESK

View = Callable[..., HttpResponse]

#: The name in CACHES of the cache that keeps them.
PAGES = "pages"
#: Cache timeout in seconds. It only bounds the size of the cache: the ETag, not this, decides freshness.
KEPT_FOR = 30 * 24 * 60 * 60
#: Query parameters that no view reads: `t` is for the player, the others say where a visitor came from. One page is
#: kept for all of them, so templates write `kept_query`, what the view has read, never the query string of the request.
READ_BY_NO_VIEW = re.compile(r"t|utm_\w+|fbclid|gclid|mc_[ce]id|ref")
#: Addresses without public pages, which need not be looked up.
NO_PAGES = re.compile(rf"{DESK.pattern}|/(?:media|static)/|/healthz$")
#: Headers of every public page: copies must be validated each time. And what the server adds to each response itself.
HEADERS = {"Cache-Control": "public, no-cache", "Vary": "Accept-Encoding"}
NOT_KEPT = {"Content-Length", "Content-Encoding"}
_ZIPPED = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
#: Responses of fewer bytes gain nothing by compression.
WORTH_COMPRESSING = 500
#: Of gzip. Level 6 makes a feed 5 % smaller, but takes 1.7 times as long: more than all else that a feed costs.
LEVEL = 4


class Validity(NamedTuple):
    """How clients validate their copy of a page: by its ETag, and by the second (Unix time) of the last change.

    The second is None until it is over.
    """

    etag: str
    last_modified: int | None


def read_validity() -> Validity:
    """Return what is current. What is read from the database afterwards is at least as new."""
    state = SiteState.current()
    return Validity(f"W/{state.etag(release_key())}", _last_modified(state))


def validity(request: HttpRequest) -> Validity:
    """Return what is current, read once for each request, before its page is made."""
    found: Validity | None = getattr(request, "validity", None)
    if found is None:
        found = request.validity = read_validity()
    return found


def is_frozen(request: HttpRequest) -> bool:
    """Whether the page becomes a file, and leaves out what needs a server. Templates ask `is_frozen`."""
    return getattr(request, "is_frozen", False)


def is_made_anew(request: HttpRequest) -> bool:
    """Whether the page is made from the database alone, to be stored: nothing that is kept may go into it."""
    return getattr(request, "is_made_anew", False)


def public_page(view: View) -> View:
    """Mark the page of a view as one for everybody, so that it is kept, with an ETag.

    For views that show everybody the same, by the address and the content alone. Browsers and proxies may keep copies
    but must revalidate them each time (`no-cache`), so nothing is ever stale. Redirects, responses with a
    Cache-Control of their own (`no-store`) and POST requests pass unchanged; with DEBUG nothing is kept.
    What several pages share may be kept under the same key, which the view finds in `request.cache_key`.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        current = validity(request)  # first, since the time zone of the site comes with it
        if settings.DEBUG or request.method not in {"GET", "HEAD"}:
            return view(request, *args, **kwargs)
        etag = current.etag + (" as files" if is_frozen(request) else "")
        if not is_made_anew(request):
            request.cache_key = etag
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not response.streaming and not response.has_header("Cache-Control"):
            response.headers["ETag"] = etag
            response.headers["Cache-Control"] = HEADERS["Cache-Control"]
            patch_vary_headers(response, ["Accept-Encoding"])
            response.is_public = True
        return response

    return answer


class Kept(NamedTuple):
    """A page as it leaves the site, compressed or not. It holds nothing secret and nothing of a visitor."""

    etag: str
    headers: dict[str, str]
    body: bytes
    is_zipped: bool = False

    @classmethod
    def of(cls, response: HttpResponse) -> "Kept":
        headers = {name: value for name, value in response.headers.items() if name not in NOT_KEPT}
        return cls(headers["ETag"], headers, response.content, response.headers.get("Content-Encoding") == "gzip")

    def zipped(self) -> "Kept":
        """Return it compressed, unless it is too short. It holds no secret, so that is safe."""
        if self.is_zipped or len(self.body) < WORTH_COMPRESSING:
            return self
        return self._replace(body=gzip.compress(self.body, compresslevel=LEVEL, mtime=0), is_zipped=True)

    def plain(self) -> "Kept":
        return self._replace(body=gzip.decompress(self.body), is_zipped=False) if self.is_zipped else self

    def answer(self, request: HttpRequest) -> HttpResponse:
        response = HttpResponse(self.body, headers=self.headers)
        response.headers["Content-Length"] = str(len(self.body))
        if self.is_zipped:
            response.headers["Content-Encoding"] = "gzip"
        changed_at = None if self.headers["Content-Type"].startswith("text/html") else validity(request).last_modified
        if changed_at is not None:
            response.headers["Last-Modified"] = http_date(changed_at)
        return get_conditional_response(request, self.etag, changed_at, response)


class KeptPagesMiddleware:
    """Answers with the kept page, or 304, and keeps the public pages that are made.

    Each form of a page, compressed and plain, is kept by itself once somebody has asked for it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _may_be_kept(request):
            return self.get_response(request)
        if _has_it(request):
            return HttpResponseNotModified(headers=HEADERS | {"ETag": validity(request).etag})
        key, zips = _key(request), bool(_ZIPPED.search(_header(request, "HTTP_ACCEPT_ENCODING")))
        kept = _find(request, key, zips=zips) if key else None
        if kept is None:
            request.kept_key = key
            response = self.get_response(request)
            if not getattr(response, "is_public", False) or response.cookies:
                return response
            kept = _keep(key, Kept.of(response), zips=zips)
        return kept.answer(request)


def _header(request: HttpRequest, name: str) -> str:
    """Return a header by its name in WSGI: `request.headers` would first read and spell all others."""
    environ = request.META
    return str(environ.get(name, ""))


def _may_be_kept(request: HttpRequest) -> bool:
    if settings.DEBUG or request.method not in {"GET", "HEAD"} or NO_PAGES.match(request.path_info):
        return False
    if is_frozen(request) or is_made_anew(request):
        return False
    try:
        return bool(request.get_host())
    except DisallowedHost:
        return False  # CommonMiddleware refuses it


def _has_it(request: HttpRequest) -> bool:
    """Whether the client has the page: it had it from this address, and nothing has changed since."""
    known = _header(request, "HTTP_IF_NONE_MATCH")
    # `*` asks for any page, and there may be none.
    return bool(known) and known != "*" and validity(request).etag in parse_etags(known)


def _find(request: HttpRequest, key: str, *, zips: bool) -> Kept | None:
    """Return what is kept in this form, or in the other one, if it is current."""
    for form in (zips, not zips):
        kept: Kept | None = caches[PAGES].get(_in_form(key, form))
        if kept and kept.etag == validity(request).etag:
            return kept if form == zips else _keep(key, kept, zips=zips)
    return None


def _keep(key: str, page: Kept, *, zips: bool) -> Kept:
    page = page.zipped() if zips else page.plain()
    if key:
        caches[PAGES].set(_in_form(key, zips), page, timeout=KEPT_FOR)
    return page


def _in_form(key: str, zips: bool) -> str:
    return f"{key}.gzip" if zips else key


def _key(request: HttpRequest) -> str:
    """Return the cache key; "" for an address with a query that a view may read: there is no end to such addresses."""
    if request.META.get("QUERY_STRING") and not all(READ_BY_NO_VIEW.fullmatch(name) for name in request.GET):
        return ""
    # It includes the release, because another one may keep pages in another form, and the host.
    return hashlib.sha256(f"{release_key()} {request.get_host()} {request.path}".encode()).hexdigest()


def _last_modified(state: CurrentState) -> int | None:
    """Return the second of the last change, in Unix time, once this second is over, else None.

    Another change could follow within the same second, and a client that knows only the second would miss it.
    https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2.2
    Feed readers ask by this date. HTML pages have none: a release changes them too, and has no date.
    """
    second = int(state.last_change().timestamp())
    return second if second < int(timezone.now().timestamp()) else None
