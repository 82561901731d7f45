"""The names of the people and tags of a thing, by which it is found as well."""

from collections.abc import Iterator

from django.db import models

from interaxion.content.publishing.publishable import Publishable, kinds


def names_of(thing: Publishable, *, without: models.Model | None = None) -> list[str]:
    """Return the names of the people, then of the tags of `thing`, each sorted; without that of `without`."""
    return [
        named.name
        for relation in _relations_of(type(thing))
        for named in sorted(getattr(thing, relation).all(), key=lambda named: named.name)
        if named != without
    ]


def things_named(named: models.Model) -> Iterator[Publishable]:
    """Yield all content that a speaker takes part in, or that has a tag."""
    for kind in kinds():
        for relation in _relations_of(kind):
            if kind._meta.get_field(relation).related_model is type(named):
                things = kind.objects.filter(**{relation: named}).only("pk")
                yield from things.prefetch_related(*_relations_of(kind))


def _relations_of(kind: type[Publishable]) -> list[str]:
    return [*filter(None, [kind.people]), *(["tags"] if hasattr(kind, "tags") else [])]
