"""Reading for a save: the row of one thing, and the rows and tags that are part of it. All by prepared queries."""

from copy import copy
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import QuerySet

from interaxion.content.live_details import find_tags_of
from interaxion.content.owned_rows import owner_of
from interaxion.content.prefetching import set_prefetched
from interaxion.content.prepared import Prepared
from interaxion.content.publishing.publishable import Publishable

#: The rows and tags of a thing by the names of the relations.
Relations = dict[str, list[Any]]


@dataclass(frozen=True)
class Stored:
    """A thing as it is stored, and its rows and tags. Nobody changes them, in memory either."""

    row: Publishable
    relations: Relations

    def to_write_into(self) -> Publishable:
        """Return a copy of the thing, which has the same rows and tags as after `prefetch_related()`."""
        thing = copy(self.row)
        hold_relations(thing, self.relations)
        return thing


def lock_stored(kind: type[Publishable], pk: int) -> Stored | None:
    """Return what is stored of this key, locked until the end of the transaction; None if there is nothing."""
    model: Any = kind
    row = _locked(model).first(pk)
    return Stored(row, read_relations(row)) if row else None


def read_row(thing: Publishable) -> Publishable:
    """Return the thing as it is stored, with the relations of `read_with`. Raises its DoesNotExist."""
    kind: Any = type(thing)
    row: Publishable | None = _row(kind).first(thing.pk)
    if row is None:
        raise kind.DoesNotExist(f"{thing} is not stored any more")
    return row


def find_row(kind: type[Publishable], pk: int) -> Publishable | None:
    """Return a thing as it is stored, without its relations; None if there is none with this key."""
    model: Any = kind
    return _alone(model).first(pk)


def read_rows(thing: Publishable, relation: str) -> list[Any]:
    """Return the rows of one of its relations, in their order, with the speakers joined to those with people."""
    kind: Any = type(thing)
    return _rows(kind, relation)(thing.pk)


def read_relations(thing: Publishable) -> Relations:
    """Return the rows and tags of `thing` by the names of the relations, with the speakers joined to their rows."""
    relations: Relations = {name: read_rows(thing, name) for name in thing.snapshot_rows}
    return relations | ({"tags": find_tags_of(*owner_of(thing))} if hasattr(thing, "tags") else {})


def hold_relations(thing: Publishable, relations: Relations) -> None:
    """Let `thing` have these rows and tags, as after `prefetch_related()`."""
    for name, rows in relations.items():
        for row in rows if name in thing.snapshot_rows else ():
            setattr(row, thing._meta.get_field(name).remote_field.name, thing)
        set_prefetched(thing, name, rows)


@cache
def _locked(kind: type[Publishable]) -> Prepared[Any]:
    @Prepared
    def locked(pk: int) -> QuerySet[Any]:
        return kind._default_manager.select_for_update().filter(pk=pk)

    return locked


@cache
def _alone(kind: type[Publishable]) -> Prepared[Any]:
    @Prepared
    def alone(pk: int) -> QuerySet[Any]:
        return kind._default_manager.filter(pk=pk)

    return alone


@cache
def _row(kind: type[Publishable]) -> Prepared[Any]:
    @Prepared
    def row(pk: int) -> QuerySet[Any]:
        return kind._default_manager.select_related(*kind.read_with or [None]).filter(pk=pk)

    return row


@cache
def _rows(kind: type[Publishable], relation: str) -> Prepared[Any]:
    field: Any = kind._meta.get_field(relation).remote_field

    @Prepared
    def rows(pk: int) -> QuerySet[Any]:
        found = field.model._default_manager.filter(**{field.name: pk})
        return found.select_related("speaker") if relation == kind.people_rows else found

    return rows
