"""Asking the site for its pages inside this process, through all its middleware, as a visitor would."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponseBase

from interaxion.serving.errors.request_id import current_request_id


class Site:
    """The site as it is now."""

    def __init__(self) -> None:
        self._handler = WSGIHandler()
        address = urlsplit(settings.SITE_URL)
        self._environ = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "REMOTE_ADDR": "127.0.0.1",
            "SERVER_NAME": address.hostname,
            "SERVER_PORT": str(address.port or (443 if address.scheme == "https" else 80)),
            "HTTP_HOST": address.netloc,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": address.scheme,
            "wsgi.version": (1, 0),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        if address.scheme == "https":
            self._environ["HTTP_X_FORWARDED_PROTO"] = "https"

    @contextmanager
    def ask(self, path: str, query: str = "", **about: bool) -> Iterator[HttpResponseBase]:
        """Yield the answer to a path, which may be percent-encoded, with its files open.

        `about` are attributes of the request, such as `is_frozen`.
        """
        path_info = unquote_to_bytes(path).decode("latin-1")  # as WSGI spells it: PEP 3333
        environ = {**self._environ, "PATH_INFO": path_info, "QUERY_STRING": query, "wsgi.input": BytesIO()}
        # What it logs belongs to the request that asks, which goes on under its own id.
        request = WSGIRequest(environ | {"HTTP_X_REQUEST_ID": current_request_id()})
        request.is_own = True
        vars(request).update(about)
        response = self._handler.get_response(request)
        try:
            yield response
        finally:
            # Not `close()`: that ends the request for Django, which closes the database of whoever freezes the site.
            for close in response._resource_closers:
                close()
