"""Only the desk knows its visitors. A public page reads no cookie, so it sets none, and is the same for everybody."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the server imports this before Django is set up
    from django.http import HttpRequest, HttpResponse

#: The addresses of the desk.
DESK = re.compile(r"/(?:[a-z-]+/)?admin(?:/|$)")


class CookiesForTheDeskMiddleware:
    """Drop the cookies of requests for public pages. Django answers malformed ones with new ones, or deletes them."""

    def __init__(self, get_response: "Callable[[HttpRequest], HttpResponse]") -> None:
        self.get_response = get_response

    def __call__(self, request: "HttpRequest") -> "HttpResponse":
        if not DESK.match(request.path_info):
            request.META.pop("HTTP_COOKIE", None)
        return self.get_response(request)
