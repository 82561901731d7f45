"""With whom a speaker speaks, and about what: both are counted once for the page of the speaker."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet, Value
from django.utils import timezone

from episodes.filters.choices import FilterChoice, choices_of
from episodes.filters.names import (
    MOST_CHOICES,
    FilterValue,
    all_but,
    are_nearly_all,
    count_uses,
    most_used,
    read_named,
    uses_in,
    uses_of,
)
from episodes.models import Appearance, Episode, Speaker
from episodes.people.records import FEW
from interaxion.content.prepared import Prepared
from interaxion.content.publishing.window import live_condition

#: People in the company of a speaker, at most.
MOST_COMPANY = 12


class Beside(NamedTuple):
    """Over the live episodes of a speaker."""

    #: Who else speaks in them, and in how many: the most frequent first.
    company: list[tuple[Speaker, int]]
    #: The filters of the list of episodes that lead on from there: `with` whom, and which `tag`.
    choices: dict[str, list[FilterChoice]]


def find_beside(speaker: Speaker, total: int) -> Beside:
    """`total` is the number of these episodes."""
    are_most = are_nearly_all(total, _count_episodes()[0][1])
    people = _count("speaker", speaker.pk, total, are_most=are_most)
    people.pop(speaker.pk, None)
    by_slug = {row.slug: row for row in read_named("speaker", people)}
    tags = _count("tag", speaker.pk, total, are_most=are_most)
    values = {
        "with": [FilterValue(slug, row.name, row.reading, people[row.pk]) for slug, row in by_slug.items()],
        "tag": [FilterValue(row.slug, row.name, row.reading, tags[row.pk]) for row in read_named("tag", tags)],
    }
    choices = {name: choices_of(name, of_name, {"speaker": speaker.slug}) for name, of_name in values.items()}
    return Beside([(by_slug[each.value], each.count) for each in choices["with"][:MOST_COMPANY]], choices)


def _count(name: str, speaker: int, total: int, *, are_most: bool) -> dict[int, int]:
    """Return the uses of the most used names, by their keys; if most episodes are the speaker's, by those of others."""
    now = timezone.now()
    if are_most:
        return all_but(dict(_count_elsewhere(name)(speaker, now)), name)
    count = _count_among_few if total <= FEW else _count_among
    return dict(count(name)(speaker, now, MOST_CHOICES))


@cache
def _count_among_few(name: str) -> Prepared[Any]:
    @Prepared
    def uses(speaker: int, at: datetime, most: int) -> QuerySet[Any, tuple[int, int]]:
        episodes = Episode.objects.live(at, among_few=True).with_speaker(speaker)
        return most_used(uses_in(episodes, name), name, most)

    return uses


@cache
def _count_among(name: str) -> Prepared[Any]:
    @Prepared
    def uses(speaker: int, at: datetime, most: int) -> QuerySet[Any, tuple[int, int]]:
        # All of the speaker's but the hidden: none is read to know that it is live.
        hidden = Episode.objects.hidden(at).order_by().values("pk")
        parts = Appearance.objects.filter(speaker=speaker).exclude(episode__in=hidden).order_by()
        return most_used(uses_of(parts.values("episode"), name), name, most)

    return uses


@cache
def _count_elsewhere(name: str) -> Prepared[Any]:
    @Prepared
    def uses(speaker: int, at: datetime) -> QuerySet[Any, tuple[int, int]]:
        # By a look at each episode: all of the speaker's would be gathered first to be left out.
        parts = Appearance.objects.filter(speaker=speaker, episode=OuterRef("pk"))
        others = Episode.objects.filter(~Exists(parts) | ~live_condition(at))
        return count_uses(uses_in(others, name), name)

    return uses


@Prepared
def _count_episodes() -> QuerySet[Any, tuple[int, int]]:
    return Episode.objects.order_by().values_list(Value(1)).annotate(episodes=Count("*"))
