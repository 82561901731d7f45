"""The lists of the admin take almost any lookup from their address. One without an answer is a bad request, no failure.

No list offers such a lookup: numbers beyond the database, days beyond the calendar, broken patterns.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest, FieldError
from django.db import DataError
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]

#: Lookups by a regular expression: a small one can take years (ReDoS), and a list offers none.
PATTERNS = {"regex", "iregex"}
#: What databases, calendars and Django raise for the others.
UNANSWERABLE = (DataError, FieldError, OverflowError, ValueError)


def refuse_forged_queries(changelist_view: View) -> View:
    """Answer 400 where the query of a list cannot be answered."""

    @wraps(changelist_view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if any(PATTERNS & {*name.split("__")} for name in request.GET):
            raise BadRequest("A list is not filtered by a regular expression")
        try:
            return changelist_view(request, *args, **kwargs)
        except UNANSWERABLE as problem:
            if not request.GET:
                raise
            raise BadRequest(f"The query of the list has no answer: {problem}") from problem

    return answer
