"""The speakers and tags of episodes, with how many episodes each has."""

from collections import Counter
from functools import cache
from heapq import nsmallest
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet

from episodes.models import Appearance, Episode, EpisodeQuerySet, Speaker
from interaxion.content.prepared import Prepared
from interaxion.content.tags import Tag, TaggedItem

#: The form offers the most frequent speakers and tags, not all: a long show has thousands.
MOST_CHOICES = 50


class FilterValue(NamedTuple):
    """A value of a filter, its name for people, and the number of episodes that have it."""

    value: str
    label: str
    reading: str
    count: int


def count_names(name: str, episodes: EpisodeQuerySet, chosen: str, rest: EpisodeQuerySet | None) -> list[FilterValue]:
    """Return the MOST_CHOICES speakers or tags that most `episodes` have, and the chosen one if it has a page.

    `rest` are all others, if these are fewer: then they are counted, and taken away from what all have.
    """
    model, key, rows, condition = _uses_of(name)
    among = rows.filter(condition, **{f"{key}__in": episodes.values("pk")})
    if rest is None:
        counts = dict(_most_used(among, name, MOST_CHOICES))
    else:
        of_rest = rows.filter(condition, **{f"{key}__in": rest.order_by().values("pk")})
        less = Counter(dict(of_rest.values_list(name).annotate(uses=Count("pk"))))
        # A name that the rest has not keeps its place, so the first of all are among these.
        counted = Counter(dict(_count_all(name)(MOST_CHOICES + len(less))))
        counted.subtract({pk: uses for pk, uses in less.items() if pk in counted})
        counts = dict(nsmallest(MOST_CHOICES, (+counted).items(), key=lambda each: (-each[1], each[0])))
    named = model.objects.in_bulk(list(counts)) if counts else {}
    values = [FilterValue(row.slug, row.name, row.reading, counts[pk]) for pk, row in named.items()]
    if chosen and all(each.value != chosen for each in values):
        for row in model.objects.live().filter(slug=chosen):
            values.append(FilterValue(row.slug, row.name, row.reading, among.filter(**{name: row}).count()))
    return values


def _most_used(rows: QuerySet[Any], name: str, most: int, **counted: Any) -> QuerySet[Any, tuple[int, int]]:
    return rows.values_list(name).annotate(uses=Count("pk", **counted)).order_by("-uses", name)[:most]


def _uses_of(name: str) -> tuple[Any, str, QuerySet[Any], Q]:
    """Return the model of the filter's values; then of the rows that give a value to a thing: the key of the thing,
    the rows, and which of them are about episodes."""
    if name == "speaker":
        return Speaker, "episode", Appearance.objects.order_by(), Q()
    kind = ContentType.objects.get_for_model(Episode)
    return Tag, "object_id", TaggedItem.objects.order_by(), Q(content_type=kind)


@cache
def _count_all(name: str) -> Prepared[Any]:
    @Prepared
    def uses(most: int) -> QuerySet[Any, tuple[int, int]]:
        _model, _key, rows, condition = _uses_of(name)
        # The condition is not that of the query, so that SQLite takes the index that has the tags in order.
        return _most_used(rows, name, most, filter=condition)

    return uses


def tagged_episodes() -> QuerySet[TaggedItem]:
    return TaggedItem.objects.filter(content_type=ContentType.objects.get_for_model(Episode))
