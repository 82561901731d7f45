"""Template variables of every public page: the podcast, the navigation, its addresses in both languages."""

from contextlib import suppress
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, override

from interaxion.serving.public_pages import is_frozen
from interaxion.sitewide.pages.navigation import Frame, front_page, navigation, read_frame


@lru_cache(maxsize=1)
def _kept_frame(cache_key: str) -> Frame:
    """Return the frame, read once by each process for all pages under this cache key: never stale, as they are not."""
    return read_frame()


def _address_in(language: str, request: HttpRequest) -> str:
    """Return the address of the page with the interface in this language."""
    if match := request.resolver_match:
        with override(language), suppress(NoReverseMatch):
            return reverse(match.view_name, args=match.args, kwargs=match.kwargs)
    return translate_url(request.path, language)


def site(request: HttpRequest) -> dict[str, Any]:
    """Return lazy values, so that a page without the frame of the site (the admin) makes no query for it."""
    language = get_language()
    other = "en" if language == "ja" else "ja"
    key = getattr(request, "cache_key", "")  # only public pages have one
    frame = SimpleLazyObject(lambda: _kept_frame(key) if key else read_frame())
    addresses = SimpleLazyObject(lambda: {code: _address_in(code, request) for code, _name in settings.LANGUAGES})
    return {
        "podcast": SimpleLazyObject(lambda: frame.podcast),
        "has_podcast_feed": SimpleLazyObject(lambda: frame.has_podcast_feed),
        "navigation": SimpleLazyObject(lambda: navigation(frame.rows)),
        "front_page": SimpleLazyObject(lambda: front_page(frame.rows)),
        "addresses": addresses,
        "canonical_url": SimpleLazyObject(lambda: settings.SITE_URL + addresses[language]),
        # The templates append it to each address of the page. A list with filters or further pages passes its own.
        "kept_query": "",
        # What few requests have. A template would look for it among all that the request has, each time.
        "is_frozen": is_frozen(request),
        "preview_until": getattr(request, "preview_until", None),
        "remarks_url": getattr(request, "remarks_url", ""),
        "other_language": other,
    }
