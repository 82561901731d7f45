"""The names of the people and tags of a thing, by which it is found as well."""

from collections.abc import Iterator
from typing import Any

from django.db import models

from interaxion.content.publishing.publishable import Publishable, kinds

#: The two kinds of names. That of a person is shared only within one kind of content, a tag by all.
PERSON, TAG = "person", "tag"


def names_of(thing: Publishable, *, without: models.Model | None = None) -> dict[str, list[str]]:
    """Return the names of the people and of the tags of `thing`, the oldest row first; without that of `without`."""
    people = [row.speaker for row in getattr(thing, thing.people_rows).all()] if thing.people_rows else []
    tags = thing.tags.all() if hasattr(thing, "tags") else []
    return {
        kind: [row.name for row in sorted(rows, key=lambda row: row.pk) if row != without]
        for kind, rows in ((PERSON, people), (TAG, tags))
    }


def with_names(things: "models.QuerySet[Any]") -> "models.QuerySet[Any]":
    """Return these things of one kind with what `names_of()` reads."""
    kind = things.model
    read: list[Any] = [_tags_of(kind)] if _tags_of(kind) else []
    if kind.people_rows:
        # A join: for `people__speaker` Django writes a term for each speaker. SQLite refuses a thousand of them.
        parts = kind._meta.get_field(kind.people_rows).related_model.objects.select_related("speaker")
        read.append(models.Prefetch(kind.people_rows, parts))
    return things.only("pk").prefetch_related(*read)


def content_named(named: models.Model) -> "Iterator[models.QuerySet[Publishable]]":
    """Yield the content of each kind that a speaker takes part in, or that has a tag."""
    for kind in kinds():
        for relation in filter(None, (kind.people, _tags_of(kind))):
            if kind._meta.get_field(relation).related_model is type(named):
                yield kind.objects.filter(**{relation: named})


def _tags_of(kind: type[Publishable]) -> str:
    return "tags" if hasattr(kind, "tags") else ""
