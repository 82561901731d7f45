"""Small relations in the query of what they belong to, where `prefetch_related()` asks one more for each.

For the page of one thing. A list does better with `prefetch_related()`: it makes a person who comes fifty times once.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import OuterRef, Subquery


class NestedRows(Subquery):
    """The rows of a query of `values_list()` as one value: a list with a list for each, in their order."""

    output_field = models.JSONField()
    template = "(WITH nested(%(columns)s) AS (%(subquery)s) SELECT %(array)s FROM nested)"

    def __init__(self, rows: models.QuerySet, **extra: Any) -> None:
        count = len(rows.query.values_select) + len(rows.query.annotation_select)
        columns = ", ".join(f"c{index}" for index in range(count))
        super().__init__(rows, columns=columns, array=f"json_group_array(json_array({columns}))", **extra)

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **extra: Any) -> Any:
        array = f"coalesce(jsonb_agg(jsonb_build_array({self.extra['columns']})), '[]')"
        return self.as_sql(compiler, connection, array=array, **extra)


class NestedThings(NestedRows):
    """The rows of a query as things of its model, with no more than these columns of it."""

    def __init__(self, rows: models.QuerySet, columns: Sequence[str], **extra: Any) -> None:
        super().__init__(rows.values_list(*columns), **extra)
        self.output_field = _ThingsField(rows.model, columns)


class _ThingsField(models.JSONField):
    def __init__(self, kind: type[models.Model], columns: Sequence[str]) -> None:
        super().__init__()
        self.build = _Builder(kind, columns)

    def from_db_value(self, value: Any, *where: Any) -> list[models.Model]:
        return [self.build(row) for row in super().from_db_value(value, *where)]


class NestedRelation:
    """Stands on a model for a relation that a query can bring with it; its rows go where prefetched ones go.

    `columns` are fields of the related model, or of one that it refers to (`speaker__name`). Others are read when
    they are asked for, as after `only()`.
    """

    def __init__(self, relation: str, *columns: str) -> None:
        self.relation, self.columns = relation, columns

    def rows_of(self, kind: type[models.Model]) -> models.QuerySet:
        """Those of a thing of this kind, which is `OuterRef("pk")`, in their order."""
        relation = kind._meta.get_field(self.relation)
        return relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})

    def __set__(self, thing: models.Model, rows: list[models.Model]) -> None:
        """Called by the query for each thing that it reads."""
        relation = thing._meta.get_field(self.relation)
        if relation.one_to_many:
            for row in rows:
                setattr(row, relation.field.name, thing)
        hold(thing, self.relation, rows)


def nested(kind: type[models.Model], *names: str) -> dict[str, NestedThings]:
    """What to annotate a query of this kind with, for it to bring these relations."""
    relations = {name: getattr(kind, name) for name in names}
    return {name: NestedThings(relation.rows_of(kind), relation.columns) for name, relation in relations.items()}


def hold(thing: models.Model, relation: str, rows: Iterable[models.Model]) -> None:
    """Let `thing.relation.all()` be these rows, stored or not, as if they had been prefetched."""
    queryset = getattr(thing, relation).get_queryset()._chain()
    queryset._result_cache = list(rows)
    queryset._prefetch_done = True
    vars(thing).setdefault("_prefetched_objects_cache", {})[relation] = queryset


def read_instant(text: str) -> datetime:
    """One that stands in a nested row. SQLite keeps them in UTC without saying so."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


class _Builder:
    """Makes a thing of the values of these columns, as if the database had been asked for them alone."""

    def __init__(self, kind: type[models.Model], columns: Sequence[str]) -> None:
        self.kind = kind
        own = [field for field in kind._meta.concrete_fields if field.name in columns]
        self.names = [field.attname for field in own]
        self.readers = [(columns.index(field.name), _reader(field)) for field in own]
        self.inner = []
        for name in dict.fromkeys(column.partition("__")[0] for column in columns if "__" in column):
            at = [index for index, column in enumerate(columns) if column.startswith(f"{name}__")]
            related = kind._meta.get_field(name).related_model
            builder = _Builder(related, [columns[index].removeprefix(f"{name}__") for index in at])
            self.inner.append((name, at, builder))

    def __call__(self, row: Sequence[Any]) -> models.Model:
        thing = self.kind.from_db(None, self.names, [read(row[index]) for index, read in self.readers])
        for name, at, build in self.inner:
            setattr(thing, name, build([row[index] for index in at]))
        return thing


def _reader(field: models.Field) -> Callable[[Any], Any]:
    if isinstance(field, models.JSONField):  # JSON in JSON is a text for SQLite
        return lambda value: json.loads(value) if isinstance(value, str) else value
    if isinstance(field, models.DateTimeField):
        return lambda value: value and read_instant(value)
    return field.to_python
