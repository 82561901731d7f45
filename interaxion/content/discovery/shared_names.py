"""The things that share names with a thing: tags with any kind of content, people with the same kind only."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, QuerySet, Value

from interaxion.content.owned_rows import Owner
from interaxion.content.prepared import Prepared
from interaxion.content.publishing.publishable import Publishable, kinds
from interaxion.content.search.rows import SearchRow
from interaxion.content.tags import TaggedItem

#: A name that more things have (a host, the field of the show) relates none of them.
MOST_SHARING_NAME = 50


#: What a name is.
_TAG, _PERSON = range(2)
_KINDS = {_TAG: "tag", _PERSON: "person"}


class Sharing(NamedTuple):
    """A live thing, and a tag or speaker that it shares with another."""

    what: int
    #: The key of the tag or speaker.
    named: int
    content_type: int
    object_id: int
    path: str
    language: str
    dated_at: datetime | None

    @property
    def owner(self) -> Owner:
        return self.content_type, self.object_id


class SharedName(NamedTuple):
    #: "tag" or "person".
    kind: str
    name: str
    thing: Sharing


def find_sharing(thing: Publishable, at: datetime) -> list[SharedName]:
    """Return the live things with one of the rarer tags or people of `thing`, once for each of these names.

    The names are sorted: tags first, the oldest name first. One query, if the tags and people of `thing` are at hand.
    """
    model: Any = type(thing)
    rows = sorted(Sharing(*row) for row in _find_rows(model)(thing.pk or 0, at))
    names = _names_of(thing) if rows else {}
    return [SharedName(_KINDS[row.what], names[row[:2]], row) for row in rows if row[:2] in names]


def _names_of(thing: Any) -> dict[tuple[int, int], str]:
    tags = {(_TAG, tag.pk): tag.name for tag in thing.tags.all()} if hasattr(thing, "tags") else {}
    people = getattr(thing, thing.people_rows).all() if thing.people_rows else ()
    return tags | {(_PERSON, part.speaker.pk): part.speaker.name for part in people}


def titles_of(owners: list[Owner]) -> dict[Owner, str]:
    """Return the titles of live things by which lists name them. One query, none for no things."""
    wanted = [sorted(set(part)) for part in zip(*owners, strict=True)]
    return {(kind, pk): title for kind, pk, title in _find_titles(*wanted)} if owners else {}


@Prepared
def _find_titles(content_types: list[int], pks: list[int]) -> QuerySet[Any, tuple[int, int, str]]:
    rows = SearchRow.objects.of_pages().filter(content_type__in=content_types, object_id__in=pks)
    return rows.values_list("content_type", "object_id", "title")


@cache
def _find_rows(kind: type[Publishable]) -> Prepared:
    @Prepared
    def rows(pk: int, at: datetime) -> QuerySet[Any, tuple[Any, ...]]:
        """A union with a part for each kind, so that the database begins with the few uses of each name."""
        own = ContentType.objects.get_for_model(kind)
        tags = _rare(TaggedItem.objects.filter(content_type=own, object_id=pk), "tag")
        sharing = [
            _having(model, _TAG, "tags", tags, pk if model is kind else 0, at)
            for model in kinds()
            if hasattr(model, "tags")
        ]
        if kind.people_rows:
            part = kind._meta.get_field(kind.people_rows).related_model
            people = _rare(part.objects.filter(**{part.owner_field: pk}), "speaker")
            sharing.append(_having(kind, _PERSON, f"{kind.people_rows}__speaker", people, pk, at))
        first, *others = sharing
        return first.union(*others, all=True)

    return rows


def _having(kind: Any, what: int, name: str, wanted: QuerySet[Any], but: int, at: datetime) -> QuerySet[Any, Any]:
    """Return the live things of this kind with one of the `wanted` names, in the columns of `Sharing`."""
    live = kind.objects.live(at, among_few=True).filter(**{f"{name}__in": wanted}).exclude(pk=but).order_by()
    content_type = ContentType.objects.get_for_model(kind).pk
    return live.values_list(Value(what), name, Value(content_type), "pk", "path", "language", kind.dated_at_in_queries)


def _rare(uses: QuerySet[Any], name: str) -> QuerySet[Any]:
    """Return the keys of the names in these rows that have few uses. The database reads no more of them than that."""
    same = uses.model.objects.filter(**{name: OuterRef(name)}).order_by()
    return uses.filter(~Exists(same[MOST_SHARING_NAME : MOST_SHARING_NAME + 1])).order_by().values(name)
