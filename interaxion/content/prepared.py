"""Prepared queries: built once in a process, then run with other values. For pages that every visitor asks for.

Django takes several times as long to build a query with unions and subqueries as the database to answer it.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, cached_property, update_wrapper
from typing import Any, Generic, TypeVar, get_type_hints

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.base import ModelState
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.signals import post_migrate

Row = TypeVar("Row", bound=models.Model)
Value = int | str | datetime | list[int] | list[str]
#: What stands in a built query for its first argument of each type, its second and so on. No query holds these itself.
_STAND_INS: dict[type, Callable[[int], Value]] = {
    int: lambda place: 2_147_483_000 + place,
    str: lambda place: f"\ue000{place}",
    datetime: lambda place: datetime(8999, 12, 31, 23, 59, place, 123457, UTC),
    list[int]: lambda place: [2_147_483_050 + place],
    list[str]: lambda place: [f"\ue000{place}"],
}
#: The queries that this process has built, by their names.
_built: dict[str, "BuiltQuery[Any]"] = {}
#: Called with each query that runs, its values, and its rows as the database gives them.
Listener = Callable[["BuiltQuery[Any]", Sequence[Value], list[tuple[Any, ...]]], None]
_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)
_PARAMETER = re.compile(r"(?<!%)%s|\b21474830[0-9]{2}\b")
_CONSTANT = re.compile(r"%\((c[0-9]+)\)s")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:")


class Prepared(Generic[Row]):
    """A decorator for a function that builds a queryset of nothing but its arguments: numbers, texts, instants, keys.

    A call returns the rows as a list. The queryset may leave out columns, have annotations and select related rows,
    but prefetches none. Those of `values_list()` are tuples, which take a fraction of the time of instances. A part of
    the rows is `[start : start + count]`, where both are arguments.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Row]], *, types: Iterable[type] = ()) -> None:
        """`types`: those of the arguments, if the function does not say."""
        update_wrapper(self, build)
        self._build = build
        self._types = list(types) or types_of_arguments(build)
        self._compiled = cache(self._compile)
        post_migrate.connect(self._forget)

    def _forget(self, **_sent: object) -> None:
        """Build anew what may hold keys of content types: after migrations, or in an emptied database, they differ."""
        self._compiled.cache_clear()
        _built.clear()

    def __call__(self, *values: Value) -> list[Row]:
        query = self._compiled(connection.vendor)
        rows = query.fetch(values)
        if listener := _listener.get():
            listener(query, values, rows)
        return query.read_all(rows)

    def first(self, *values: Value) -> Row | None:
        return next(iter(self(*values)), None)

    def _compile(self, vendor: str) -> "BuiltQuery":
        """Raises ValueError for a constant instant: it would be that of the first call for ever."""
        stand_ins = stand_ins_for(self._types)
        queryset = self._build(*stand_ins)
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        arguments = {
            _adapted(each[0] if isinstance(each, list) else each): place for place, each in enumerate(stand_ins)
        }
        given = iter(params)  # Django spells limits as numbers in the query itself
        params = [next(given) if each == "%s" else int(each) for each in _PARAMETER.findall(sql)]
        # A list that is no argument is a path into JSON, on PostgreSQL.
        places = [None if isinstance(param, list) else arguments.get(param) for param in params]
        # By names: Django turns `%s` into the spelling of SQLite at each call, by a regular expression.
        names = [f"c{n}" if place is None else f"a{place}" for n, place in enumerate(places)]
        constants = {name: param for name, param in zip(names, params, strict=True) if name.startswith("c")}
        if any(_INSTANT.match(str(constant)) for constant in constants.values()):
            raise ValueError(f"{self._build.__qualname__} must take its instant as an argument")
        spelled = iter(names)
        sql = _PARAMETER.sub(lambda _found: f"%({next(spelled)})s", sql)
        converters = list(compiler.get_converters([column for column, _sql, _alias in compiler.select]).items())
        compiled = BuiltQuery(sql, constants, converters)
        _built[compiled.name] = compiled
        if issubclass(queryset._iterable_class, ModelIterable):
            selected = compiler.klass_info["select_fields"]
            compiled.model = queryset.model
            compiled.fields = [compiler.select[place][0].target.attname for place in selected]
            compiled.annotations = list(compiler.annotation_col_map.items())
            compiled.related = get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)
        return compiled


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Tell the listener of every prepared query inside."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def find_built(name: str) -> "BuiltQuery[Any] | None":
    """Return the query of this name; None if nothing in this process has asked it yet."""
    return _built.get(name)


def types_of_arguments(function: Callable[..., Any]) -> list[type]:
    return [type for name, type in get_type_hints(function).items() if name != "return"]


def stand_ins_for(types: Iterable[type]) -> list[Value]:
    """Return a value for each argument of these types, by which a query can be built."""
    # A subclass too: tests stop the clock with a datetime of their own.
    known = [next(each for each in (type, *type.__mro__) if each in _STAND_INS) for type in types]
    return [_STAND_INS[type](place) for place, type in enumerate(known)]


@dataclass
class BuiltQuery(Generic[Row]):
    """A built query, with what Django finds out for each anew: that takes longer than the database needs."""

    #: With its parameters by name: `a0` is the first argument, `c0` a constant.
    sql: str
    constants: dict[str, Any]
    #: By the place of a column: the functions that turn what the database gives into a value, and the column.
    converters: list[tuple[int, tuple[list[Callable[[Any, Any, Any], Any]], Any]]]
    #: None if the rows are tuples.
    model: type[Row] | None = None
    #: The columns of the instance, which come first, and the annotations, by their names.
    fields: list[str] = field(default_factory=list)
    annotations: list[tuple[str, int]] = field(default_factory=list)
    #: Django's own makers of the related rows.
    related: list[Any] = field(default_factory=list)

    @cached_property
    def name(self) -> str:
        """12 hex digits of what the database is asked, the same in every process."""
        return hashlib.sha256(repr((self.sql, self.constants)).encode()).hexdigest()[:12]

    def fetch(self, values: Sequence[Value]) -> list[tuple[Any, ...]]:
        """Return the rows as the database gives them."""
        is_planned = connection.vendor == "postgresql"
        sql, params = (self._with_literals, {}) if is_planned else (self.sql, dict(self.constants))
        for place, value in enumerate(values):
            if isinstance(value, list):
                keys = {f"a{place}_{n}": key for n, key in enumerate(value)}
                sql = sql.replace(f"%(a{place})s", ", ".join(f"%({name})s" for name in keys) or "NULL")
                params |= keys
            else:
                params[f"a{place}"] = _adapted(value)
        with _planning_cursor() if is_planned else connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()

    @cached_property
    def _with_literals(self) -> str:
        """The query with its constants as literals, so that PostgreSQL can choose an index by them in every plan."""
        literal = connection.Database.sql.Literal
        literals = {name: literal(value).as_string() for name, value in self.constants.items()}
        return _CONSTANT.sub(lambda found: literals[found[1]].replace("%", "%%"), self.sql)

    def read_all(self, rows: list[tuple[Any, ...]]) -> list[Any]:
        """Return the rows as instances or tuples."""
        if self.model is None and not self.converters:
            return rows
        return [self._read(row) for row in rows]

    def _read(self, row: tuple[Any, ...]) -> Any:
        values = list(row)
        for place, (functions, column) in self.converters:
            for convert in functions:
                values[place] = convert(values[place], column, connection)
        if self.model is None:
            return tuple(values)
        instance = instance_of(self.model, self.fields, values)
        for name, place in self.annotations:
            instance.__dict__[name] = values[place]
        for populator in self.related:
            populator.populate(values, instance)
        return instance


def instance_of(model: type[Row], columns: Iterable[str], values: Iterable[Any]) -> Row:
    """Return a row of the database as an instance, which reads columns that are not given when it is asked for them.

    The constructor of Django takes four times as long, to set each attribute and to tell listeners, of which we have
    none.
    """
    instance = object.__new__(model)
    instance._state = state = ModelState()
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    instance.__dict__.update(zip(columns, values, strict=False))
    return instance


def _planning_cursor() -> Any:
    """Return a cursor whose queries PostgreSQL plans once for a connection: that takes longer than to run them.

    Django's own cursor puts the values into the text of the query, so each is another one. It alone can log them.
    """
    if connection.queries_logged:
        return connection.cursor()
    connection.ensure_connection()
    return connection.make_cursor(connection.Database.Cursor(connection.connection))


def _adapted(value: Value) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
