"""The things that share names with a thing: tags with any kind of content, people with the same kind only."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import DateTimeField, Exists, OuterRef, QuerySet, Value

from interaxion.content.owned_rows import Owner, owner_of
from interaxion.content.prepared import Prepared
from interaxion.content.publishing.publishable import Publishable, kinds
from interaxion.content.search.rows import SearchRow
from interaxion.content.tags import TaggedItem

#: A name that more things have (a host, the field of the show) relates none of them.
MOST_SHARING_NAME = 50
#: What a row of the query is: a live thing, or who has a name.
_THING, _TAG, _PERSON = range(3)
_KINDS = {_TAG: "tag", _PERSON: "person"}


class Sharing(NamedTuple):
    """A live thing with one of the rarer tags or people of another."""

    content_type: int
    object_id: int
    title: str
    path: str
    language: str
    dated_at: datetime | None


class SharedName(NamedTuple):
    #: "tag" or "person".
    kind: str
    name: str
    #: Who has it, too; it may be a draft.
    owner: Owner


def find_sharing(thing: Publishable, at: datetime) -> tuple[list[Sharing], list[SharedName]]:
    """Return the live things with one of the rarer tags or people of `thing`, and who else has each of these names.

    The names are sorted: tags first, the oldest name first. One query.
    """
    model: Any = type(thing)
    kind, pk = owner_of(thing)
    rows = _find_rows(model)(kind, pk or 0, at)
    things = [Sharing(*row) for what, _id, _name, *row in rows if what == _THING]
    named = sorted(row[:5] for row in rows if row[0] != _THING)
    return things, [SharedName(_KINDS[what], name, (kind, pk)) for what, _id, name, kind, pk in named]


@cache
def _find_rows(kind: type[Publishable]) -> Prepared:
    @Prepared
    def rows(content_type: int, pk: int, at: datetime) -> QuerySet[Any, tuple[Any, ...]]:
        """A union of what is live, with a part for each kind, so that the database uses the index of the owner for
        each, and of the names.
        """
        live = SearchRow.objects.live(at).of_pages()
        items = _other_items(content_type, pk)
        sharing = [
            live.filter(content_type=each, object_id__in=items.filter(content_type=each).values("object_id"))
            for each in (ContentType.objects.get_for_model(model).pk for model in kinds() if hasattr(model, "tags"))
        ]
        named = [_names(items, Value(_TAG), "tag", "content_type", "object_id")]
        if kind.people_rows:
            people = _other_parts(kind, pk)
            owner = people.model.owner_field
            sharing.append(live.filter(content_type=content_type, object_id__in=people.values(owner)))
            named.append(_names(people, Value(_PERSON), "speaker", Value(content_type), owner))
        first, *others = (part.values("pk") for part in sharing)
        things = SearchRow.objects.filter(pk__in=first.union(*others))
        return things.values_list(Value(_THING), Value(0), Value(""), *Sharing._fields).union(*named)

    return rows


def _names(uses: QuerySet[Any], what: Value, name: str, *owner: Any) -> QuerySet[Any, tuple[Any, ...]]:
    """Return who has these names, in the columns of what is live."""
    no_page = (Value(""), Value(""), Value(""), Value(None, output_field=DateTimeField()))
    return uses.order_by().values_list(what, name, f"{name}__name", *owner, *no_page)


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
