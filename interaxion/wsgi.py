"""The WSGI entry point for servers."""

import os
import re
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from interaxion.content.jobs.kinds import load_kinds
from interaxion.serving.patience import at_work

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interaxion.settings")

_django = get_wsgi_application()
# Here, before the server forks, so that its processes share what is loaded, and no visitor waits for it.
import_module(settings.ROOT_URLCONF)
import_module("interaxion.admin_urls")
load_kinds()
_CHARSET = re.compile(r";\s*charset\s*=[^;]*", re.IGNORECASE)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a WSGI request without the charset of its `Content-Type`: all that we are sent is UTF-8, as our pages are.

    Django would decode even the query string by any codec of Python that a visitor names there, and fail with those
    that are not for text. It also leaves it to the server to drop the body of an answer to HEAD; ours warns of each.
    """
    if "CONTENT_TYPE" in environ:
        environ["CONTENT_TYPE"] = _CHARSET.sub("", environ["CONTENT_TYPE"])
    with at_work():
        response = _django(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return response
        response.close()
        return []
