"""A WSGI app for tests of the server: a page, one that hangs, a file, a large body, and an echo of what was sent."""

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from interaxion.serving import patience

FILE = Path(os.environ.get("HANGING_FILE", __file__))


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    with patience.at_work():
        return _answer(environ, start_response)


def _answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    path = environ["PATH_INFO"]
    if path.endswith("/hang"):
        while True:
            time.sleep(0.01)
    if path == "/file":
        start_response("200 OK", [("Content-Length", str(FILE.stat().st_size))])
        response: Iterable[bytes] = environ["wsgi.file_wrapper"](FILE.open("rb"))
        return response
    if path == "/large":
        start_response("200 OK", [("Content-Length", "3000000")])
        return [b"x" * 3_000_000]
    body = environ["wsgi.input"].read() or str(os.getpid()).encode()
    start_response("200 OK", [("Content-Length", str(len(body))), ("X-Script", environ.get("SCRIPT_NAME", ""))])
    return [body]
