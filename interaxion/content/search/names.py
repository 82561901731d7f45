"""The names of the people and tags of a thing, by which it is found as well."""

from collections.abc import Iterator

from django.db import models

from interaxion.content.publishing.publishable import Publishable, kinds

#: The two kinds of names. That of a person is shared only within one kind of content, a tag by all.
PERSON, TAG = "person", "tag"


def names_of(thing: Publishable, *, without: models.Model | None = None) -> dict[str, list[str]]:
    """Return the names of the people and of the tags of `thing`, the oldest row first; without that of `without`."""
    relations = {PERSON: thing.people, TAG: "tags" if hasattr(thing, "tags") else ""}
    rows = {kind: getattr(thing, relation).all() if relation else () for kind, relation in relations.items()}
    return {
        kind: [row.name for row in sorted(found, key=lambda row: row.pk) if row != without]
        for kind, found in rows.items()
    }


def things_named(named: models.Model) -> Iterator[Publishable]:
    """Yield all content that a speaker takes part in, or that has a tag."""
    for things in content_named(named):
        yield from things.only("pk").prefetch_related(*_relations_of(things.model))


def content_named(named: models.Model) -> "Iterator[models.QuerySet[Publishable]]":
    """Yield the content of each kind that a speaker takes part in, or that has a tag."""
    for kind in kinds():
        for relation in _relations_of(kind):
            if kind._meta.get_field(relation).related_model is type(named):
                yield kind.objects.filter(**{relation: named})


def _relations_of(kind: type[Publishable]) -> list[str]:
    return [*filter(None, [kind.people]), *(["tags"] if hasattr(kind, "tags") else [])]
