"""The values that the filters of the list of episodes can take, with how many episodes have each."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from heapq import nsmallest
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Max, Min, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from episodes.models import Appearance, Episode, EpisodeQuerySet, Speaker
from interaxion.content.prepared import Prepared
from interaxion.content.tags import Tag, TaggedItem

#: The classes of lengths: from this second on, below that one, and the words for it.
LENGTHS = {
    "short": (1, 30 * 60, _("Up to 30 minutes")),
    "medium": (30 * 60, 60 * 60, _("30 to 60 minutes")),
    "long": (60 * 60, 24 * 60 * 60, _("Over 60 minutes")),
}
#: The form offers the most frequent speakers and tags, not all: a long show has thousands.
MOST_CHOICES = 100


class FilterValue(NamedTuple):
    """A value of a filter, its name for people, and the number of episodes that have it."""

    value: str
    label: str
    reading: str
    count: int


def count_values(name: str, episodes: EpisodeQuerySet, chosen: Mapping[str, str]) -> list[FilterValue]:
    """Return the values that `episodes`, which pass the other filters, have of this one, and the chosen one anyway."""
    value = chosen.get(name, "")
    are_all = not chosen.keys() - {name}
    if name == "year":
        values = [FilterValue(str(year), str(year), "", count) for year, count in _count_years(episodes)]
    elif name == "season":
        seasons = episodes.filter(season__gt=0).values_list("season").annotate(Count("pk"))
        values = [FilterValue(str(season), str(season), "", count) for season, count in seasons]
    elif name == "length":
        values = _count_lengths(episodes)
    elif name == "with":
        among = _counted_names("speaker", episodes, value, are_all=are_all) if "speaker" in chosen else []
        values = [each for each in among if each.value != chosen["speaker"]]
    else:
        values = _counted_names(name, episodes, value, are_all=are_all)
    is_missing = value and all(each.value != value for each in values)
    return [*values, FilterValue(value, value, "", 0)] if is_missing else values


def _counted_names(name: str, episodes: EpisodeQuerySet, chosen: str, *, are_all: bool) -> list[FilterValue]:
    """Return the MOST_CHOICES speakers or tags that most `episodes` have, and the chosen one if it has a page."""
    model, key, rows, condition = _uses_of(name)
    among = rows.filter(condition, **{f"{key}__in": episodes.values("pk")})
    if are_all:  # all but the hidden ones, which are few
        counted = Counter(dict(_count_all(name)()))
        counted.subtract(dict(_count_hidden(name)(timezone.now())))
    else:
        counted = Counter(dict(among.values_list(name).annotate(uses=Count("pk"))))
    counts = dict(nsmallest(MOST_CHOICES, (+counted).items(), key=lambda each: (-each[1], each[0])))
    named = model.objects.in_bulk(list(counts)) if counts else {}
    values = [FilterValue(row.slug, row.name, row.reading, counts[pk]) for pk, row in named.items()]
    if chosen and all(each.value != chosen for each in values):
        for row in model.objects.live().filter(slug=chosen):
            values.append(FilterValue(row.slug, row.name, row.reading, among.filter(**{name: row}).count()))
    return values


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
    def uses() -> QuerySet[Any, tuple[int, int]]:
        _model, _key, rows, condition = _uses_of(name)
        # The condition is not that of the query, so that SQLite takes the index that has the tags in order.
        return rows.values_list(name).annotate(uses=Count("pk", filter=condition))

    return uses


@cache
def _count_hidden(name: str) -> Prepared[Any]:
    @Prepared
    def uses(at: datetime) -> QuerySet[Any, tuple[int, int]]:
        _model, key, rows, condition = _uses_of(name)
        hidden = rows.filter(condition, **{f"{key}__in": Episode.objects.hidden(at).order_by().values("pk")})
        return hidden.values_list(name).annotate(uses=Count("pk"))

    return uses


def _count_years(episodes: EpisodeQuerySet) -> list[tuple[int, int]]:
    """Return the years of `episodes` with their numbers. Ranges, since an index has instants and no years."""
    ends = episodes.aggregate(first=Min("publish_at"), last=Max("publish_at"))
    if ends["first"] is None:
        return []
    first, last = (timezone.localtime(ends[end]).year for end in ("first", "last"))
    counts = [
        episodes.filter(publish_at__range=range_of(year)).values(year=Value(year)).annotate(count=Count("pk"))
        for year in range(first, last + 1)
    ]
    rows = [each.values_list("year", "count") for each in counts]
    return list(rows[0].union(*rows[1:], all=True))


def _count_lengths(episodes: EpisodeQuerySet) -> list[FilterValue]:
    counts = episodes.aggregate(**{name: Count("pk", filter=Q(**of_length(name))) for name in LENGTHS})
    return [
        FilterValue(name, str(words), "", counts[name]) for name, (*_ends, words) in LENGTHS.items() if counts[name]
    ]


def of_length(name: str) -> dict[str, int]:
    """Return the condition of a class of lengths. Episodes whose length is not known are in none."""
    first, below, _words = LENGTHS[name]
    return {"audio_seconds__gte": first, "audio_seconds__lt": below}


def range_of(year: int) -> tuple[datetime, datetime]:
    """Return the first and the last instant of a year where the visitors live."""
    first, after = (datetime(each, 1, 1, tzinfo=timezone.get_current_timezone()) for each in (year, year + 1))
    return first, after - timedelta(microseconds=1)


def tagged_episodes() -> QuerySet[TaggedItem]:
    return TaggedItem.objects.filter(content_type=ContentType.objects.get_for_model(Episode))
