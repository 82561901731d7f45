"""A name for each request. Every line of the log has it, and so does the error page that a visitor reads to us."""

import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

#: Outside a request there is none.
NONE = "-"
WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
_current: ContextVar[str] = ContextVar("request_id", default=NONE)


def current_request_id() -> str:
    return _current.get()


class RequestIdMiddleware:
    """Takes the id from the proxy's X-Request-ID, so that both logs have the same, or makes one.

    No response has it: a page that is kept for everybody belongs to no request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        environ = request.META  # `request.headers` would first read and spell all others
        sent = environ.get("HTTP_X_REQUEST_ID", "")
        _current.set(sent if WELL_FORMED.fullmatch(sent) else secrets.token_hex(8))
        return self.get_response(request)
