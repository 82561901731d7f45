"""One live thing with its tags and people, read by prepared queries: what `live().with_details()` reads."""

from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from django.db.models import F, QuerySet
from django.http import Http404
from django.utils import timezone

from interaxion.content.owned_rows import owner_of
from interaxion.content.prefetching import set_prefetched
from interaxion.content.prepared import Prepared
from interaxion.content.publishing.addressed_row import AddressedRow
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.tags import Tag, TaggedItem

Thing = TypeVar("Thing", bound=Publishable | AddressedRow)


def get_live_or_404(kind: type[Thing], pk: int) -> Thing:
    """Return the thing, with its tags and people if it has any. At most three queries. Tags and speakers are things."""
    thing = get_live_alone_or_404(kind, pk)
    model: Any = kind
    if hasattr(kind, "tags"):
        set_prefetched(thing, "tags", find_tags_of(*owner_of(thing)))
    if getattr(model, "people_rows", ""):
        read_people(thing)
    return thing


def read_people(thing: Any) -> None:
    """Set the people in a thing, in their order. One query."""
    kind: Any = type(thing)
    people = _find_people(kind)(thing.pk)
    set_prefetched(thing, thing.people_rows, [_part_of(speaker, thing) for speaker in people])


def get_live_alone_or_404(kind: type[Thing], pk: int) -> Thing:
    """Return the thing without its tags and people. One query."""
    model: Any = kind
    thing: Thing | None = _find_live(model).first(pk, timezone.now())
    if thing is None:
        raise Http404
    return thing


def _part_of(speaker: Any, thing: Publishable) -> Any:
    part = _part_model(type(thing))
    facts = {name: getattr(speaker, f"part_{name}") for name in _facts(part)}
    return part(pk=speaker.part_id, speaker=speaker, **{part.owner_field: thing}, **facts)


def _part_model(kind: type[Publishable]) -> Any:
    return kind._meta.get_field(kind.people_rows).related_model


def _facts(part: Any) -> list[str]:
    return [name for name in part.snapshot_fields if name != "speaker"]


@cache
def _find_live(kind: type[Publishable]) -> Prepared[Any]:
    @Prepared
    def live(pk: int, at: datetime) -> QuerySet[Any]:
        found = kind.objects.live(at).filter(pk=pk)
        relations = getattr(kind, "page_relations", ())
        return found.select_related(*relations) if relations else found

    return live


@Prepared
def find_tags_of(kind: int, pk: int) -> QuerySet[Tag]:
    items = TaggedItem.objects.filter(content_type=kind, object_id=pk)
    return Tag.objects.filter(pk__in=items.values("tag"))


@cache
def _find_people(kind: type[Publishable]) -> Prepared[Any]:
    """Return the query for the speakers in a thing, in their order, each with the columns of the row of its part."""
    part = _part_model(kind)
    field = part._meta.get_field("speaker")
    relation = field.remote_field.get_accessor_name()

    @Prepared
    def people(pk: int) -> QuerySet[Any]:
        columns = {"part_id": F(f"{relation}__pk")} | {
            f"part_{name}": F(f"{relation}__{name}") for name in _facts(part)
        }
        found = field.related_model.objects.filter(**{f"{relation}__{part.owner_field}": pk}).annotate(**columns)
        return found.order_by("part_position", "part_id")

    return people
