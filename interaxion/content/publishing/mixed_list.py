"""Content of several models as one list, newest first, of which only a part is read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet, Value

from interaxion.content.parts.reading import Key, read_rows
from interaxion.content.publishing.publishable import PublishableQuerySet


class MixedList:
    """The rows of several querysets in one list. It is counted by one query, and a part of it found by another."""

    def __init__(self, querysets: Sequence[PublishableQuerySet]) -> None:
        self.querysets = querysets

    def count(self) -> int:
        first, *others = (
            things.order_by().values(one=Value(1)).annotate(things=Count("pk", distinct=True)).values_list("things")
            for things in self.querysets
        )
        return sum(count for (count,) in first.union(*others, all=True))

    def changes(self, part: slice) -> dict[Key, datetime]:
        """Return this part of the list, with the instant at which each thing changed for visitors."""
        return {
            (self.querysets[place].model, pk): max(filter(None, moments)) for pk, place, *moments in self._part(part)
        }

    def rows_by_kind(self, part: slice) -> list[list[str]]:
        """Return this part of the list as the rows of one list for each queryset, in its order."""
        keys = self._part(part)
        lists = []
        for place, things in enumerate(self.querysets):
            pks = [pk for pk, of_place, *_moments in keys if of_place == place]
            lists.append((things.model, things.filter(pk__in=pks).values_list("pk", flat=True) if pks else ()))
        return read_rows(*lists)

    def _part(self, part: slice) -> list[tuple[Any, ...]]:
        """Return the key, the place, and the instants of publishing and of the last edit of each thing in this part."""
        rows = self._rows().order_by("-publish_at", "-pk", "place")[part]
        return [(pk, place, publish_at, edited_at) for publish_at, pk, place, edited_at in rows]

    def _rows(self) -> QuerySet[Any, tuple[Any, ...]]:
        """Return the columns of each thing, with the place of its queryset. The union lists none twice."""
        first, *others = (
            things.order_by().annotate(place=Value(place)).values_list("publish_at", "pk", "place", "text_changed_at")
            for place, things in enumerate(self.querysets)
        )
        return first.union(*others) if others else first.distinct()
