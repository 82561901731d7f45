"""Times are entered and shown in the time zone of the site."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from interaxion.content.publishing.site_state import known_zone
from interaxion.content.site_time import SITE_ZONE


class SiteTimeMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known_zone.set(None)  # another process may have changed it
        with timezone.override(SITE_ZONE):
            return self.get_response(request)
