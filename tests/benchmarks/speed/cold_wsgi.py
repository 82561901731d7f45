"""Our site, with every cache emptied before each request."""

from collections.abc import Callable, Iterable
from typing import Any

from interaxion.wsgi import application as site
from tests.benchmarks.speed.emptying import empty_caches


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    empty_caches()
    return site(environ, start_response)
