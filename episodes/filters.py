"""Filters of the list of episodes by year, season, speaker and tag, in the query string of its address (facets)."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, QuerySet, Value
from django.utils import timezone

from episodes.models import Appearance, Episode, EpisodeQuerySet
from interaxion.content.tags import TaggedItem
from interaxion.text.japanese.reading_order import reading_key
from interaxion.text.search.folding import fold

#: The pattern of the values of each filter. Any filter may be missing.
FILTERS = {
    "year": re.compile("[1-9][0-9]{3}"),
    "season": re.compile("[1-9][0-9]{0,4}"),
    "speaker": re.compile(r"[\w-]{1,100}"),
    "tag": re.compile(r"[\w-]{1,100}"),
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
    #: Primary keys, the newest episode first.
    pks: list[int]
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
    """Find the live episodes that pass all `chosen` filters. Two queries, whatever is chosen."""
    live = Episode.objects.live()
    rows = list(live.newest_first().values_list("pk", "publish_at", "season"))
    values: dict[str, dict[str, FilterValue]] = {name: {} for name in FILTERS}
    for pk, publish_at, season in rows:
        year = str(timezone.localtime(publish_at).year)
        values["year"].setdefault(year, FilterValue(year)).pks.add(pk)
        if season:
            values["season"].setdefault(str(season), FilterValue(str(season))).pks.add(pk)
    for name, pk, slug, label, reading in _people_and_tags(live):
        known = values[name].get(slug) or values[name].setdefault(slug, FilterValue(label, reading))
        known.pks.add(pk)
    chosen = {name: _known_value(value, values[name]) for name, value in chosen.items()}
    for name, value in chosen.items():
        values[name].setdefault(value, FilterValue(value))
    pks = [pk for pk, *_rest in rows]
    left = {name: _left(set(pks), values, {**chosen, name: ""}) for name in FILTERS}
    all_left = _left(set(pks), values, chosen)
    return FoundEpisodes(
        pks=[pk for pk in pks if pk in all_left],
        choices={name: list(_choices(name, values[name], left[name], chosen)) for name in FILTERS},
        total=len(pks),
    )


@dataclass
class FilterValue:
    """A value of a filter: its name for people, and the primary keys of the episodes that have it."""

    label: str
    reading: str = ""
    pks: set[int] = field(default_factory=set)


def _people_and_tags(live: EpisodeQuerySet) -> QuerySet:
    """Return rows of filter, episode, and the slug, name and reading of one of its speakers or tags."""
    of_live = live.order_by().values("pk")
    content_type = ContentType.objects.get_for_model(Episode)
    speakers = Appearance.objects.filter(episode__in=of_live).order_by().annotate(episode_pk=F("episode_id"))
    tags = TaggedItem.objects.filter(content_type=content_type, object_id__in=of_live)
    first, second = (
        rows.annotate(
            name=Value(name), slug=F(f"{name}__slug"), label=F(f"{name}__name"), reading=F(f"{name}__reading")
        ).values_list("name", "episode_pk", "slug", "label", "reading")
        for name, rows in (("speaker", speakers), ("tag", tags.annotate(episode_pk=F("object_id"))))
    )
    return first.union(second, all=True)


def _known_value(value: str, values: Mapping[str, FilterValue]) -> str:
    """Return the slug for a value that was typed by hand: `SF` and `ｓｆ` are the tag `sf`."""
    if value in values:
        return value
    folded = fold(value)
    return next((slug for slug, found in values.items() if folded in (fold(slug), fold(found.label))), value)


def _left(pks: set[int], values: Mapping[str, Mapping[str, FilterValue]], chosen: Mapping[str, str]) -> set[int]:
    return pks.intersection(*(values[name][value].pks for name, value in chosen.items() if value))


def _choices(
    name: str, values: Mapping[str, FilterValue], left: set[int], chosen: Mapping[str, str]
) -> Iterator[FilterChoice]:
    """Yield the choices: the last year or season first, the most used tag first, speakers by their readings."""
    counts = {value: len(found.pks & left) for value, found in values.items()}
    orders: dict[str, Callable[[str], Any]] = {
        "year": lambda value: -int(value),
        "season": lambda value: -int(value),
        "speaker": lambda value: reading_key(values[value].label, values[value].reading),
        "tag": lambda value: (-counts[value], reading_key(values[value].label, values[value].reading)),
    }
    others = {other: value for other, value in chosen.items() if other != name}
    for value in sorted(values, key=orders[name]):
        is_chosen = chosen.get(name) == value
        if counts[value] or is_chosen:
            query = urlencode(others if is_chosen else {**others, name: value})
            yield FilterChoice(value, values[value].label, counts[value], is_chosen, f"?{query}" if query else "")
