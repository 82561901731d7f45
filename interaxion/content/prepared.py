"""Prepared queries: built once in a process, then run with other values. For pages that every visitor asks for.

Django takes several times as long to build a query with unions and subqueries as the database to answer it.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, update_wrapper
from typing import Any, Generic, TypeVar, get_type_hints

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.query import ModelIterable

Row = TypeVar("Row", bound=models.Model)
Value = int | str | datetime

#: What stands in a built query for its first argument of each type, its second and so on. No query holds these itself.
_STAND_INS: dict[type, Callable[[int], Value]] = {
    int: lambda place: 2_147_483_000 + place,
    str: lambda place: f"\ue000{place}",
    datetime: lambda place: datetime(8999, 12, 31, 23, 59, place, 123457, UTC),
}
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:")


class Prepared(Generic[Row]):
    """A decorator for a function that builds a queryset of nothing but its arguments: numbers, texts and instants.

    A call returns the rows as a list. The queryset may leave out columns and have annotations, which come as the
    database gives them; so do the tuples of `values_list()`, which are for numbers and texts. It reads no related rows.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Row]]) -> None:
        update_wrapper(self, build)
        self._build = build
        self._compiled = cache(self._compile)

    def __call__(self, *values: Value) -> list[Row]:
        model, sql, places = self._compiled(connection.vendor)
        adapted = [_adapted(value) for value in values]
        params = [adapted[place] if isinstance(place, int) else place[0] for place in places]
        if model:
            return list(model._base_manager.raw(sql, params))
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()

    def first(self, *values: Value) -> Row | None:
        return next(iter(self(*values)), None)

    def _compile(self, vendor: str) -> tuple[type[Row] | None, str, list[Any]]:
        """Return the model of the rows (None for tuples), the SQL, and where each of its parameters comes from.

        That is the place of an argument, or a constant in a tuple. Raises ValueError for a constant instant: it would
        be that of the first call for ever.
        """
        types = [type for name, type in get_type_hints(self._build).items() if name != "return"]
        # A subclass too: tests stop the clock with a datetime of their own.
        makers = [next(make for known, make in _STAND_INS.items() if issubclass(type, known)) for type in types]
        stand_ins = [make(place) for place, make in enumerate(makers)]
        queryset = self._build(*stand_ins)
        sql, params = queryset.query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        arguments = {_adapted(stand_in): place for place, stand_in in enumerate(stand_ins)}
        places = [arguments.get(param, (param,)) for param in params]
        if any(isinstance(place, tuple) and _INSTANT.match(str(place[0])) for place in places):
            raise ValueError(f"{self._build.__qualname__} must take its instant as an argument")
        return queryset.model if issubclass(queryset._iterable_class, ModelIterable) else None, sql, places


def _adapted(value: Value) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
