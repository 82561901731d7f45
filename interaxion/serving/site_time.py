"""Times are entered and shown in the time zone of the site.

The desk looks it up at once. A public page reads it with the state of the site, and anything else asks for it when it
first shows a time.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from interaxion.content.publishing.site_state import known_zone
from interaxion.content.site_time import SITE_ZONE
from interaxion.serving.cookies import DESK


class SiteTimeMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known_zone.set(None)  # another process may have changed it
        if DESK.match(request.path_info):
            SITE_ZONE.learn()
        with timezone.override(SITE_ZONE):
            return self.get_response(request)
