"""The one place that rewrites a request: for a moment it carries other POST data."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest, QueryDict


@contextmanager
def posted(request: HttpRequest, data: QueryDict, *, method: str = "") -> Iterator[None]:
    """Let `request.POST` be `data` inside the block, and the method `method`. Both come back in every case."""
    request.FILES  # noqa: B018 - Django reads files and POST together: read them before POST is replaced
    before = request.POST, request.method
    request.POST, request.method = data, method or request.method
    try:
        yield
    finally:
        request.POST, request.method = before


def with_values(data: QueryDict, values: dict[str, str]) -> QueryDict:
    """Return a copy of `data` in which each of `values` is the only one of its name."""
    result = data.copy()
    for name, value in values.items():
        result[name] = value
    return result
