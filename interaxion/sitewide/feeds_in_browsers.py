"""A feed that somebody opens in a browser leads to the page on how to listen: browsers show feeds as code, if at all.

Only a browser says that it opens a document (`Sec-Fetch-Dest`), and only when a person goes there: apps, feed readers
and scripts get the feed. Copies of feeds are validated at each use (`no-cache`), so no cache gives one for the other.
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import override

#: The addresses of all feeds and their archives.
_FEED = re.compile(r"/(?:.*/)?(?:feed|atom)(?:/page/\d+)?\.xml")
HEADERS = {"Cache-Control": "no-store", "Vary": "Sec-Fetch-Dest"}


class FeedsInBrowsersMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.headers.get("Sec-Fetch-Dest") == "document" and _FEED.fullmatch(request.path_info):
            with override(settings.LANGUAGE_CODE):  # a feed has one address for all languages
                page = reverse("how_to_listen")
            return HttpResponseRedirect(f"{page}#subscribe-heading", headers=HEADERS)
        return self.get_response(request)
