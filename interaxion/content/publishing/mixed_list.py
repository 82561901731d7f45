"""Content of several models as one list, newest first, of which only a part is loaded."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet, Value

from interaxion.content.publishing.publishable import Publishable, PublishableQuerySet


class MixedList:
    """The rows of several querysets in one list. It is counted by one query, and a part of it found by another."""

    def __init__(self, querysets: Sequence[PublishableQuerySet]) -> None:
        self.querysets = querysets

    def count(self) -> int:
        return self._rows().count()

    def load(self, part: slice) -> list[Publishable]:
        """Return this part of the list with the whole texts."""
        keys = self._keys(part)
        loaded = {
            (place, thing.pk): thing
            for place, things in enumerate(self.querysets)
            if (pks := [pk for of_place, pk in keys if of_place == place])
            for thing in things.model.objects.filter(pk__in=pks).defer("text", "outline")
        }
        return [loaded[key] for key in keys]

    def load_by_kind(self, part: slice) -> list[list[Publishable]]:
        """Return this part of the list as one list for each queryset, in its order, with what lists show."""
        keys = self._keys(part)
        by_place = [[pk for of_place, pk in keys if of_place == place] for place in range(len(self.querysets))]
        return [
            list(things.filter(pk__in=pks).for_lists()) if pks else []
            for things, pks in zip(self.querysets, by_place, strict=True)
        ]

    def _keys(self, part: slice) -> list[tuple[int, int]]:
        rows = self._rows().order_by("-publish_at", "-pk", "place")[part]
        return [(place, pk) for _publish_at, pk, place in rows]

    def _rows(self) -> QuerySet[Any, tuple[Any, ...]]:
        """Return publish_at, the key and the place of its queryset for each thing. The union lists none twice."""
        first, *others = (
            things.order_by().annotate(place=Value(place)).values_list("publish_at", "pk", "place")
            for place, things in enumerate(self.querysets)
        )
        return first.union(*others) if others else first.distinct()
