"""Filters of the list of episodes by year, season, people, tag and length, in the query string of its address."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from itertools import starmap
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q

from episodes.filters.counts import LENGTHS, Facts, count_facts, count_values, find_years, of_length, range_of
from episodes.filters.names import FilterValue, are_nearly_all, tagged_episodes
from episodes.models import Appearance, Episode, EpisodeQuerySet, Speaker
from interaxion.content.publishing.window import live_condition
from interaxion.content.tags import Tag
from interaxion.text.japanese.reading_order import reading_key
from interaxion.text.search.folding import fold

#: The pattern of the values of each filter. Any filter may be missing.
FILTERS = {
    "year": re.compile("[1-9][0-9]{3}"),
    "season": re.compile("[1-9][0-9]{0,4}"),
    "speaker": re.compile(r"[\w-]{1,100}"),
    "with": re.compile(r"[\w-]{1,100}"),  # who else speaks in it
    "tag": re.compile(r"[\w-]{1,100}"),
    "length": re.compile("|".join(LENGTHS)),
}


@dataclass(frozen=True)
class FilterChoice:
    """A value that a filter can take. `count` is the number of episodes with it that pass the other filters."""

    value: str
    label: str
    count: int
    is_chosen: bool
    #: The query string of the list with this choice; without it if it is chosen now.
    query: str


@dataclass(frozen=True)
class FoundEpisodes:
    #: Those that pass all filters, the newest first.
    episodes: EpisodeQuerySet
    count: int
    #: By name of the filter: only values with a count above 0, and those chosen.
    choices: dict[str, list[FilterChoice]]
    total: int

    @property
    def links(self) -> list[tuple[str, list[FilterChoice]]]:
        """The filters that have few values, by name."""
        return [(name, self.choices[name]) for name in ("year", "season")]

    @property
    def chosen(self) -> list[FilterChoice]:
        return [choice for choices in self.choices.values() for choice in choices if choice.is_chosen]


def read_filters(query: Mapping[str, str]) -> dict[str, str]:
    """Return the filters in a query string. Raises ValueError if a value cannot be one of its filter.

    If a filter comes twice, the last value counts: the form has one field for each, which shows what is chosen.
    """
    chosen = {name: query.get(name, "") for name in FILTERS if query.get(name)}
    for name, value in chosen.items():
        if not FILTERS[name].fullmatch(value):
            raise ValueError(f"{name}={value}")
    return chosen


def find_episodes(chosen: Mapping[str, str]) -> FoundEpisodes:
    """Find the live episodes that pass all `chosen` filters.

    The database counts. The queries are as many for any number of episodes.
    """
    chosen = {name: _known_value(name, value) for name, value in chosen.items()}
    live = Episode.objects.live().order_by()
    years = find_years()
    facts = cache(lambda *names: count_facts(_passing(live, {name: chosen[name] for name in names}), years))
    found = facts(*chosen)
    total = live.count() if chosen else found.total
    choices = {}
    for name in FILTERS:
        others = [other for other in chosen if other != name]
        has_facts = name in ("year", "length") or others == [*chosen]
        of_others = facts(*others) if has_facts else None
        are_most = of_others is not None and are_nearly_all(of_others.total, total)
        choices[name] = _find_choices(name, live, chosen, of_others, are_most=are_most)
    return FoundEpisodes(_passing(live, chosen).newest_first(), found.total, choices, total)


def _find_choices(
    name: str, live: EpisodeQuerySet, chosen: Mapping[str, str], facts: Facts | None = None, *, are_most: bool = False
) -> list[FilterChoice]:
    others = {other: value for other, value in chosen.items() if other != name}
    rest = _failing(others) if are_most or not others else None
    values = count_values(name, _passing(live, others), chosen, facts, rest)
    return choices_of(name, values, chosen)


def _passing(live: EpisodeQuerySet, chosen: Mapping[str, str]) -> EpisodeQuerySet:
    return live.filter(*starmap(_condition, chosen.items()))


def _failing(chosen: Mapping[str, str]) -> EpisodeQuerySet:
    """Return all episodes that are hidden or do not pass, by a look at each: none is gathered to be left out."""
    passing = (live_condition(), *starmap(_condition, chosen.items()))
    return Episode.objects.filter(reduce(or_, (~condition for condition in passing))).order_by()


def _condition(name: str, value: str) -> Q:
    """Return the condition that an episode passes one filter."""
    if name == "year":
        return Q(publish_at__range=range_of(int(value)))
    if name == "length":
        return Q(**of_length(value))
    if name == "tag":
        return Q(pk__in=tagged_episodes().filter(tag__slug=value).values("object_id"))
    if name == "season":
        return Q(season=value)
    return Q(pk__in=Appearance.objects.filter(speaker__slug=value).order_by().values("episode"))


def _known_value(name: str, value: str) -> str:
    """Return the slug for a value that was typed by hand: `SF` and `ｓｆ` are the tag `sf`."""
    model = {"speaker": Speaker, "with": Speaker, "tag": Tag}.get(name)
    if model is None or model.objects.filter(slug=value).exists():
        return value
    folded = fold(value)
    rows = model.objects.live().order_by("pk").values_list("slug", "name")
    return next((slug for slug, label in rows if folded in (fold(slug), fold(label))), value)


def choices_of(name: str, values: Iterable[FilterValue], chosen: Mapping[str, str]) -> list[FilterChoice]:
    """Return the choices: the last year or season first, the most used tag first, speakers by their readings."""
    orders: dict[str, Callable[[FilterValue], Any]] = {
        "year": lambda each: -int(each.value),
        "season": lambda each: -int(each.value),
        "speaker": lambda each: reading_key(each.label, each.reading),
        "with": lambda each: (-each.count, reading_key(each.label, each.reading)),
        "tag": lambda each: (-each.count, reading_key(each.label, each.reading)),
        "length": lambda each: list(LENGTHS).index(each.value),
    }
    others = {other: value for other, value in chosen.items() if other != name}
    choices = []
    for each in sorted(values, key=orders[name]):
        is_chosen = each.value == chosen.get(name)
        query = urlencode(others if is_chosen else {**others, name: each.value})
        choices.append(FilterChoice(each.value, each.label, each.count, is_chosen, f"?{query}" if query else ""))
    return choices
