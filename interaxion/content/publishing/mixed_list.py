"""Content of several models as one list, newest first, of which only a part is read."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.utils import timezone

from interaxion.content.parts.reading import Key, read_rows
from interaxion.content.prepared import Prepared, stand_ins_for, types_of_arguments
from interaxion.content.publishing.publishable import PublishableQuerySet
from interaxion.content.publishing.window import PublishWindowQuerySet

#: Returns the querysets in a list for the arguments of a prepared query; the last of these is the present instant.
Build = Callable[..., Sequence[PublishableQuerySet]]


class MixedList:
    """The rows of several querysets in one list. It is counted by one query, and a part of it found by another.

    No queryset has a thing twice. `counted` builds the same things for the count, if they are counted sooner in another
    way than they are found in order.
    """

    def __init__(self, build: Build, *values: int | str, counted: Build | None = None) -> None:
        self._values = (*values, timezone.now())
        self._build, self._counted = build, counted or build

    def count(self) -> int:
        return sum(count for (count,) in _count(self._counted)(*self._values))

    def changes(self, part: slice) -> dict[Key, datetime]:
        """Return this part of the list, with the instant at which each thing changed for visitors."""
        models = self._models()
        return {(models[place], pk): max(filter(None, moments)) for pk, place, *moments in self._part(part)}

    def rows_by_kind(self, part: slice) -> list[list[str]]:
        """Return this part of the list as the rows of one list for each queryset, in its order."""
        models = self._models()
        pks: list[list[int]] = [[] for _model in models]
        for pk, place, *_moments in self._part(part):
            pks[place].append(pk)
        return read_rows(*((model, self._in_order(place, pks[place])) for place, model in enumerate(models)))

    def _models(self) -> list[Any]:
        return _models(self._build)

    def _in_order(self, place: int, pks: list[int]) -> list[int]:
        if not pks or _is_newest_first(self._build, place):
            return pks  # the part has them in this order
        return [pk for (pk,) in _in_order(self._build, place)(*self._values, pks)]

    def _part(self, part: slice) -> list[tuple[Any, ...]]:
        """Return the key, the place, and the instants of publishing and of the last edit of each thing in this part."""
        rows = _part(self._build)(*self._values, part.start or 0, part.stop - (part.start or 0))
        return [(pk, place, publish_at, edited_at) for publish_at, pk, place, edited_at in rows]


@cache
def _models(build: Build) -> list[Any]:
    return [things.model for things in build(*stand_ins_for(types_of_arguments(build)))]


@cache
def _is_newest_first(build: Build, place: int) -> bool:
    things = build(*stand_ins_for(types_of_arguments(build)))[place]
    return things.query.order_by == PublishWindowQuerySet(things.model).newest_first().query.order_by


@cache
def _in_order(build: Build, place: int) -> Prepared[Any]:
    def keys(*values: Any) -> QuerySet[Any, tuple[int]]:
        *arguments, pks = values
        return build(*arguments)[place].filter(pk__in=pks).values_list("pk")

    return Prepared(keys, types=[*types_of_arguments(build), list[int]])


@cache
def _count(build: Build) -> Prepared[Any]:
    def counts(*values: Any) -> QuerySet[Any, tuple[int]]:
        first, *others = (
            things.order_by().values(one=Value(1)).annotate(things=Count("pk")).values_list("things")
            for things in build(*values)
        )
        return first.union(*others, all=True)

    return Prepared(counts, types=types_of_arguments(build))


@cache
def _part(build: Build) -> Prepared[Any]:
    def part(*values: Any) -> QuerySet[Any, tuple[Any, ...]]:
        """Return the columns of each thing, with the place of its queryset. The union lists none twice."""
        *arguments, start, count = values
        first, *others = (
            things.order_by().annotate(place=Value(place)).values_list("publish_at", "pk", "place", "text_changed_at")
            for place, things in enumerate(build(*arguments))
        )
        rows = first.union(*others) if others else first.distinct()
        return rows.order_by("-publish_at", "-pk", "place")[start : start + count]

    return Prepared(part, types=[*types_of_arguments(build), int, int])
