"""Emptying every cache of the process: the next page is made anew.

Caches of Django, and what functions remember of content: `lru_cache` with a limit. What one process of any release
reads once, such as compiled templates, stays.
"""

import functools
import gc
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.template import engines

#: The cache that counts for rate limits, and holds nothing of a page.
COUNTS = "default"
OURS = ("interaxion", "episodes", "posts", "courses")


def _import_what_answers() -> None:
    """Import what Django imports at the first request."""
    import_module(settings.ROOT_URLCONF)
    for engine in engines.all():
        assert engine.engine.template_context_processors


def _remembering() -> list[Any]:
    # By its type: `isinstance()` would follow a weak reference to what is gone.
    wrappers = (each for each in gc.get_objects() if type(each) is functools._lru_cache_wrapper)
    return [
        each
        for each in wrappers
        if each.__wrapped__.__module__.split(".")[0] in OURS and each.cache_parameters()["maxsize"]
    ]


_functions: list[Any] = []


def empty_caches() -> None:
    if not _functions:
        _import_what_answers()
        _functions.extend(_remembering())
    for name in settings.CACHES.keys() - {COUNTS}:
        caches[name].clear()
    for function in _functions:
        function.cache_clear()
