"""The things that share names with a thing: tags with any kind of content, people with the same kind only."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, QuerySet, Value

from interaxion.content.owned_rows import Owner, owner_of
from interaxion.content.prepared import Prepared
from interaxion.content.publishing.publishable import Publishable, kinds
from interaxion.content.search.rows import SearchRow
from interaxion.content.tags import TaggedItem

#: A name that more things have (a host, the field of the show) relates none of them.
MOST_SHARING_NAME = 50


class SharedName(NamedTuple):
    #: "tag" or "person".
    kind: str
    name: str
    #: Who has it, too; it may be a draft.
    owner: Owner


def find_shared_names(thing: Publishable) -> Iterator[SharedName]:
    """Yield who else has the rarer tags and people of `thing`: tags first, the oldest name first. One query."""
    model: Any = type(thing)
    kind, pk = owner_of(thing)
    for is_person, _id, name, *owner in sorted(_find_names(model)(kind, pk or 0)):
        yield SharedName("person" if is_person else "tag", name, (owner[0], owner[1]))


class Sharing(NamedTuple):
    """A live thing with one of the rarer tags or people of another."""

    content_type: int
    object_id: int
    title: str
    path: str
    language: str
    dated_at: datetime | None


def find_sharing(thing: Publishable, at: datetime) -> Iterator[Sharing]:
    """Yield the live things with one of the rarer tags or people of `thing`. One query."""
    model: Any = type(thing)
    kind, pk = owner_of(thing)
    return map(Sharing._make, _find_rows(model)(kind, pk or 0, at))


@cache
def _find_names(kind: type[Publishable]) -> Prepared:
    @Prepared
    def names(content_type: int, pk: int) -> QuerySet[Any, tuple[int, int, str, int, int]]:
        items = _other_items(content_type, pk).order_by().annotate(is_person=Value(0))
        tags = items.values_list("is_person", "tag", "tag__name", "content_type", "object_id")
        if not kind.people_rows:
            return tags
        others = _other_parts(kind, pk)
        parts = others.order_by().annotate(is_person=Value(1), content_type=Value(content_type))
        owner = others.model.owner_field
        return tags.union(parts.values_list("is_person", "speaker", "speaker__name", "content_type", owner))

    return names


@cache
def _find_rows(kind: type[Publishable]) -> Prepared:
    @Prepared
    def rows(content_type: int, pk: int, at: datetime) -> QuerySet[SearchRow, Any]:
        """A union with a part for each kind, so that the database uses the index of the owner for each."""
        live = SearchRow.objects.live(at).of_pages()
        items = _other_items(content_type, pk)
        parts = [
            live.filter(content_type=each, object_id__in=items.filter(content_type=each).values("object_id"))
            for each in (ContentType.objects.get_for_model(model).pk for model in kinds() if hasattr(model, "tags"))
        ]
        if kind.people_rows:
            people = _other_parts(kind, pk)
            parts.append(live.filter(content_type=content_type, object_id__in=people.values(people.model.owner_field)))
        first, *others = (part.values("pk") for part in parts)
        return SearchRow.objects.filter(pk__in=first.union(*others)).values_list(*Sharing._fields)

    return rows


def _other_items(kind: int, pk: int) -> QuerySet[TaggedItem]:
    """Return the other uses of the rarer tags of a thing."""
    own = _rare(TaggedItem.objects.filter(content_type=kind, object_id=pk), "tag")
    return TaggedItem.objects.filter(tag__in=own).exclude(content_type=kind, object_id=pk)


def _other_parts(kind: type[Publishable], pk: int) -> QuerySet[Any]:
    """Return the parts of the people of a thing, but for those with too many, in other things of its kind."""
    part = kind._meta.get_field(kind.people_rows).related_model
    own = _rare(part.objects.filter(**{part.owner_field: pk}), "speaker")
    return part.objects.filter(speaker__in=own).exclude(**{part.owner_field: pk})


def _rare(uses: QuerySet[Any], name: str) -> QuerySet[Any]:
    """Return the keys of the names in these rows that have few uses. The database reads no more of them than that."""
    same = uses.model.objects.filter(**{name: OuterRef(name)}).order_by()
    return uses.filter(~Exists(same[MOST_SHARING_NAME : MOST_SHARING_NAME + 1])).order_by().values(name)
