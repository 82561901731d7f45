"""Asking this site what it answers to a visitor, in this process."""

import io
from dataclasses import dataclass
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.urls import set_script_prefix

MOST_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True)
class Answer:
    status: int
    address: str  # of the page at the end of the redirects


class SiteProbe:
    def __init__(self) -> None:
        self.handler = BaseHandler()
        self.handler.load_middleware()

    def ask(self, path: str, query: str = "") -> Answer:
        """Return the answer to a GET, redirects within this site followed."""
        status, address = 0, path
        for _hop in range(MOST_REDIRECTS):
            status, location = self._get(address, query)
            if status not in REDIRECTS:
                break
            target = urlsplit(location)
            if target.netloc and target.netloc != urlsplit(settings.SITE_URL).netloc:
                return Answer(200, location)  # it leads to another site on purpose
            address, query = target.path or "/", target.query
        return Answer(status, unquote(address))

    def _get(self, path: str, query: str) -> tuple[int, str]:
        site = urlsplit(settings.SITE_URL)
        environ = {
            "REQUEST_METHOD": "GET",
            # WSGI has the bytes of the address, decoded as Latin-1. PEP 3333
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": site.hostname or "",
            "SERVER_PORT": str(site.port or {"https": 443}.get(site.scheme, 80)),
            "HTTP_HOST": site.netloc,
            "HTTP_X_FORWARDED_PROTO": site.scheme,
            "wsgi.url_scheme": site.scheme,
            "wsgi.input": io.BytesIO(),
        }
        set_script_prefix("/")
        request = WSGIRequest(environ)
        request.is_own = True
        response = self.handler.get_response(request)
        # The end of a request closes old connections to the database, which this process goes on using.
        request_finished.disconnect(close_old_connections)
        try:
            response.close()
        finally:
            request_finished.connect(close_old_connections)
        return response.status_code, response.headers.get("Location", "")
