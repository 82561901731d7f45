"""The speakers and tags of episodes, with how many episodes each has."""

from collections.abc import Iterable, Mapping
from functools import cache
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
    among = uses_in(episodes, name)
    if rest is None:
        counts = dict(most_used(among, name, MOST_CHOICES))
    else:
        counts = all_but(dict(count_uses(uses_in(rest, name), name)), name)
    values = [FilterValue(row.slug, row.name, row.reading, counts[row.pk]) for row in read_named(name, counts)]
    if chosen and all(each.value != chosen for each in values):
        for row in _uses_of(name)[0].objects.live().filter(slug=chosen):
            values.append(FilterValue(row.slug, row.name, row.reading, among.filter(**{name: row}).count()))
    return values


def all_but(less: Mapping[int, int], name: str) -> dict[int, int]:
    """Return the most used names of all episodes, by their keys, with `less` uses than all episodes have."""
    # A name that is not among these keeps its place, so the first of all are in it.
    first = _count_all(name)(MOST_CHOICES + len(less))
    left = [(less.get(pk, 0) - uses, pk) for pk, uses in first]
    return {pk: -below for below, pk in sorted(left)[:MOST_CHOICES] if below}


def read_named(name: str, keys: Iterable[int]) -> list[Any]:
    """Return the speakers or tags with these keys."""
    return _named(name)([*keys])


@cache
def _named(name: str) -> Prepared[Any]:
    @Prepared
    def named(pks: list[int]) -> QuerySet[Any]:
        return _uses_of(name)[0].objects.filter(pk__in=pks)

    return named


def are_nearly_all(count: int, total: int) -> bool:
    """Whether so few episodes are left out that these are counted, and taken away from what all have."""
    return count * 5 > total * 4


def uses_in(episodes: EpisodeQuerySet, name: str) -> QuerySet[Any]:
    """Return the rows that give these episodes a speaker or a tag."""
    return uses_of(episodes.order_by().values("pk"), name)


def uses_of(keys: QuerySet[Any], name: str) -> QuerySet[Any]:
    """The same, for the keys of episodes."""
    _model, key, rows, condition = _uses_of(name)
    return rows.filter(condition, **{f"{key}__in": keys})


def count_uses(rows: QuerySet[Any], name: str, only: Q | None = None) -> QuerySet[Any, tuple[int, int]]:
    return rows.values_list(name).annotate(uses=Count("pk", filter=only) if only else Count("*"))


def most_used(rows: QuerySet[Any], name: str, most: int, only: Q | None = None) -> QuerySet[Any, tuple[int, int]]:
    return count_uses(rows, name, only).order_by("-uses", name)[:most]


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
        return most_used(rows, name, most, condition)

    return uses


def tagged_episodes() -> QuerySet[TaggedItem]:
    return TaggedItem.objects.filter(content_type=ContentType.objects.get_for_model(Episode))
