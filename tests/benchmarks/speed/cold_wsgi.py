"""Our site, with every cache emptied before each request.

Caches of Django, and what functions remember of content: `lru_cache` with a limit. What one process of any release
reads once, such as compiled templates, stays.
"""

import functools
import gc
from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache import caches

from interaxion.wsgi import application as site

PAGES = "pages"
OURS = ("interaxion", "episodes", "posts", "courses")


def _remembering() -> list[Any]:
    wrappers = (each for each in gc.get_objects() if isinstance(each, functools._lru_cache_wrapper))
    return [
        each
        for each in wrappers
        if each.__wrapped__.__module__.split(".")[0] in OURS and each.cache_parameters()["maxsize"]
    ]


_functions: list[Any] = []


def empty_caches() -> None:
    if not _functions:
        _functions.extend(_remembering())
    caches[PAGES].clear()
    for function in _functions:
        function.cache_clear()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    empty_caches()
    return site(environ, start_response)
