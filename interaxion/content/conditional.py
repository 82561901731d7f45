"""Conditional GET: a page that nothing could have changed since the last visit costs one small query."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date

from interaxion.content.publishing.site_state import SiteState

View = Callable[..., HttpResponse]


def conditional(view: View) -> View:
    """Give a public view an ETag and a Last-Modified, and answer 304 to those who have what it would show.

    For views that show everybody the same, by the address and the content alone. Copies may be kept anywhere
    and are asked about each time they are used, so nothing is ever stale.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        state = SiteState.current()
        # The instant is in it too: another database may be at the same version.
        etag = state.etag(f"{state.changed_at.timestamp():.6f}")
        last_modified = _last_modified(state)
        unchanged = get_conditional_response(request, etag, last_modified)
        response = unchanged or view(request, *args, **kwargs)
        if unchanged or response.status_code == 200:
            response.headers["ETag"] = etag
            if last_modified is not None:
                response.headers["Last-Modified"] = http_date(last_modified)
            patch_cache_control(response, public=True, no_cache=True)
        return response

    return answer


def _last_modified(state: SiteState) -> int | None:
    """The second of the last change, once it is over: until then another change could follow within it, and a
    reader who knows the second alone would miss that one. https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2.2
    """
    second = int(state.last_change().timestamp())
    return second if second < int(timezone.now().timestamp()) else None
