"""The values that the filters of the list of episodes can take, with how many episodes have each."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from episodes.filters.names import FilterValue, count_names
from episodes.models import Episode, EpisodeQuerySet
from interaxion.content.prepared import Prepared

#: The classes of lengths: from this second on, below that one, and the words for it.
LENGTHS = {
    "short": (1, 30 * 60, _("Up to 30 minutes")),
    "medium": (30 * 60, 60 * 60, _("30 to 60 minutes")),
    "long": (60 * 60, 24 * 60 * 60, _("Over 60 minutes")),
}


class Facts(NamedTuple):
    """How many episodes there are, by year and by class of length: only those with some."""

    total: int
    years: dict[int, int]
    lengths: dict[str, int]


def count_values(
    name: str,
    episodes: EpisodeQuerySet,
    chosen: Mapping[str, str],
    facts: Facts | None = None,
    rest: EpisodeQuerySet | None = None,
) -> list[FilterValue]:
    """Return the values that `episodes`, which pass the other filters, have of this one, and the chosen one anyway.

    `facts` are those of these episodes, if they are known; `rest` all others, if these are fewer.
    """
    value = chosen.get(name, "")
    if name == "year":
        years = (facts or count_facts(episodes)).years
        values = [FilterValue(str(year), str(year), "", count) for year, count in years.items()]
    elif name == "season":
        seasons = episodes.filter(season__gt=0).values_list("season").annotate(count=Count("*"))
        values = [FilterValue(str(season), str(season), "", count) for season, count in seasons]
    elif name == "length":
        lengths = (facts or count_facts(episodes)).lengths
        values = [FilterValue(length, str(LENGTHS[length][-1]), "", count) for length, count in lengths.items()]
    elif name == "with" and "speaker" not in chosen:
        values = []
    else:
        named = count_names("tag" if name == "tag" else "speaker", episodes, value, rest)
        values = [each for each in named if name != "with" or each.value != chosen["speaker"]]
    is_missing = value and all(each.value != value for each in values)
    return [*values, FilterValue(value, value, "", 0)] if is_missing else values


def count_facts(episodes: EpisodeQuerySet, years_of_show: range | None = None) -> Facts:
    """Count `episodes`, by year and by length, in one pass."""
    years_of_show = find_years() if years_of_show is None else years_of_show
    years = {f"in_{year}": Q(publish_at__range=range_of(year)) for year in years_of_show}
    lengths = {name: Q(**of_length(name)) for name in LENGTHS}
    counts = episodes.aggregate(
        total=Count("*"), **{name: Count("pk", filter=condition) for name, condition in (years | lengths).items()}
    )
    return Facts(
        counts["total"],
        {int(name.removeprefix("in_")): counts[name] for name in years if counts[name]},
        {name: counts[name] for name in lengths if counts[name]},
    )


def find_years() -> range:
    """Return the years from the first live episode to the last."""
    ends = [timezone.localtime(end).year for end in chain(*_find_ends(timezone.now()))]
    return range(min(ends), max(ends) + 1) if ends else range(0)


@Prepared
def _find_ends(at: datetime) -> QuerySet[Any, tuple[datetime, datetime]]:
    """Return the dates of the oldest and of the newest live episode. Each is at one end of an index."""
    live = Episode.objects.live(at)
    newest = Subquery(live.order_by("-publish_at").values("publish_at")[:1])
    return live.order_by("publish_at").annotate(newest=newest).values_list("publish_at", "newest")[:1]


def of_length(name: str) -> dict[str, int]:
    """Return the condition of a class of lengths. Episodes whose length is not known are in none."""
    first, below, _words = LENGTHS[name]
    return {"audio_seconds__gte": first, "audio_seconds__lt": below}


def range_of(year: int) -> tuple[datetime, datetime]:
    """Return the first and the last instant of a year where the visitors live."""
    first, after = (datetime(each, 1, 1, tzinfo=timezone.get_current_timezone()) for each in (year, year + 1))
    return first, after - timedelta(microseconds=1)
