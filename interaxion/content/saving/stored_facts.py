"""Stored facts: the values of a thing in the database, by which `store()` tells whether a save changed anything."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from interaxion.content.publishing.publishable import Publishable

#: The fields that `derive()` writes.
DERIVED = ("html", "text", "outline", "summary_html", "summary_text", "render_version")
#: The fields that `store()` writes at every edit.
BOOKKEEPING = ("version", "stored_at", "text_changed_at")
#: What readers read.
READ = ("title", "html", "summary_html")
#: Left out of the comparison of rows: only their content and their order count, however they are numbered.
NUMBERING = ("id", "position")


@dataclass(frozen=True)
class StoredFacts:
    """The facts of a thing with its rows and tags. `typed` is more than a snapshot, which has no GUID, for example."""

    typed: dict[str, Any]
    derived: dict[str, Any]

    def reads_as(self, other: "StoredFacts") -> bool:
        """Whether readers see the same text."""
        mine, others = self.typed | self.derived, other.typed | other.derived
        return all(mine[name] == others[name] for name in READ)


def names_of_relations(thing: Publishable) -> list[str]:
    """Return the names of the relations whose rows, or tags, are part of the thing."""
    return [*thing.snapshot_rows, *(["tags"] if hasattr(thing, "tags") else [])]


def relations_of(thing: Publishable) -> list[str | models.Prefetch]:
    """Return the same for `prefetch_related()`, with the speakers joined to their rows."""
    return with_speakers(thing, names_of_relations(thing))


def with_speakers(thing: Publishable, names: Iterable[str]) -> list[str | models.Prefetch]:
    """Return these relations of `thing` for `prefetch_related()`, with the speakers joined to the rows with people."""
    parts = getattr(type(thing), thing.people_rows).rel.related_model.objects if thing.people_rows else None
    return [
        models.Prefetch(name, parts.select_related("speaker")) if parts and name == thing.people_rows else name
        for name in names
    ]


def facts_as_stored(row: Publishable, relations: Mapping[str, Iterable[models.Model]]) -> StoredFacts:
    """Return the facts of `row`, which was just loaded, with its rows and tags by the names of the relations.

    All must come from the database: values that somebody set may have another type than those that a database gives.
    """
    derived = DERIVED + row.derived_fields
    typed = _columns(row, BOOKKEEPING + derived)
    typed["tags"] = sorted(tag.pk for tag in relations.get("tags", ()))
    for relation in row.snapshot_rows:
        typed[relation] = [_columns(each, NUMBERING) for each in relations[relation]]
    return StoredFacts(typed, {name: getattr(row, name) for name in derived})


def _columns(row: models.Model, left_out: tuple[str, ...]) -> dict[str, Any]:
    fields = (field for field in row._meta.concrete_fields if field.name not in left_out)
    return {field.attname: field.value_from_object(row) for field in fields}
