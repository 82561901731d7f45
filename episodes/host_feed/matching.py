"""Which item of a host's feed is which episode, by witnesses. A witness that names several names none."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import IntEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from episodes.host_feed.reading import HostItem
from episodes.host_feed.titles import read_title

if TYPE_CHECKING:
    from episodes.models import Episode

WITHIN = timedelta(days=1)


class Witness(IntEnum):
    """What says which episode an item is, the most credible first."""

    PERSON = 0  # --match
    GUID = 1
    TITLE = 2
    NUMBER = 3  # in the title
    DATE = 4
    TAG = 5  # a number that hosts fill in by counting

    @property
    def label(self) -> str:
        return str(LABELS[self])


LABELS = {
    Witness.PERSON: _("--match"),
    Witness.GUID: _("GUID"),
    Witness.TITLE: _("title"),
    Witness.NUMBER: _("number in the title"),
    Witness.DATE: _("date"),
    Witness.TAG: _("the host's number"),
}


@dataclass(frozen=True)
class Match:
    """An item with what each witness names; an episode only where none of them contradicts."""

    item: HostItem
    episode: "Episode | None" = None
    named: "Mapping[Witness, Episode]" = field(default_factory=dict)
    #: The item that has a better claim to what this one's witnesses name.
    rival: HostItem | None = None

    @property
    def is_by_person(self) -> bool:
        return Witness.PERSON in self.named


def match_items(
    items: "Iterable[HostItem]", episodes: "Iterable[Episode]", said: "Mapping[str, Episode] | None" = None
) -> list[Match]:
    """Find the episode of each item. `said` are the episodes that a person has named, by GUID.

    GUID, title, number in the title and date must not contradict each other. The host's number is asked where nothing
    but a date speaks. An item that names an episode which another one names by a better witness has none.
    """
    items, said = list(items), said or {}
    by_person = {place: said[item.guid] for place, item in enumerate(items) if item.guid in said}
    taken = {episode.pk for episode in by_person.values()}
    free = [episode for episode in episodes if episode.pk not in taken]
    candidates = _candidates(items, free, set(by_person))
    named = _named(candidates, len(items))
    pointing: dict[int, set[int]] = {}
    for places in candidates.values():
        for place, episodes_there in enumerate(places):
            for pk in episodes_there:
                pointing.setdefault(pk, set()).add(place)

    def claim(at: int, pk: int) -> tuple[int, int]:
        """How well the item there may claim the episode; the best is the least."""
        hints = [witness for witness, places in candidates.items() if pk in places[at]]
        names = [witness for witness, episode in named[at].items() if episode.pk == pk]
        return min(hints, default=len(Witness)), min(names, default=len(Witness))

    matches = []
    for place, item in enumerate(items):
        if place in by_person:
            matches.append(Match(item, by_person[place], {Witness.PERSON: by_person[place]}))
            continue
        one = next(iter(named[place].values()), None)
        if one is None or len({episode.pk for episode in named[place].values()}) > 1:
            matches.append(Match(item, named=named[place]))
            continue
        best = min(pointing[one.pk], key=lambda at: claim(at, one.pk))
        if best == place:
            matches.append(Match(item, one, named[place]))
        else:
            matches.append(Match(item, named=named[place], rival=items[best]))
    return matches


#: For each witness, the episodes that it may mean, by the item's place.
_Candidates = Mapping[Witness, Sequence[Mapping[int, "Episode"]]]


def _candidates(items: "list[HostItem]", episodes: "list[Episode]", without: set[int]) -> _Candidates:
    guids = {episode.guid: episode for episode in episodes}
    numbers = {episode.number: episode for episode in episodes if episode.number is not None}
    titles: dict[str, list[Episode]] = {}
    whole_titles: dict[int, str] = {}
    for episode in episodes:
        spellings = read_title(episode.title).spellings
        whole_titles[episode.pk] = min(spellings[0]) if spellings else ""
        for spelling in {each for level in spellings for each in level}:
            titles.setdefault(spelling, []).append(episode)
    found: dict[Witness, list[dict[int, Episode]]] = {witness: [] for witness in Witness}
    for place, item in enumerate(items):
        title = item.read_title
        hits: dict[Witness, list[Episode | None]] = {witness: [] for witness in Witness}
        if place not in without:
            levels = ([e for each in level for e in titles.get(each, ())] for level in title.spellings)
            hits[Witness.TITLE] = next(([*level] for level in levels if level), [])
            is_whole = any(whole_titles[e.pk] in title.spellings[0] for e in hits[Witness.TITLE] if e)
            hits[Witness.GUID] = [guids.get(item.guid)]
            # What stands in the title of the episode itself is no number of the host.
            number = None if is_whole or title.number is None else numbers.get(title.number)
            hits[Witness.NUMBER] = [_of_season(number, title.season or item.season)]
            hits[Witness.DATE] = [e for e in episodes if _is_near(e, item)]
            hits[Witness.TAG] = [_of_season(numbers.get(item.tagged_number), item.season)]
        for witness in Witness:
            found[witness].append({episode.pk: episode for episode in hits[witness] if episode is not None})
    return found


def _of_season(episode: "Episode | None", season: int | None) -> "Episode | None":
    """The episode, unless it is known, or to be feared, that its number is of another season."""
    if episode is None or season in (None, episode.season):
        return episode
    return episode if episode.season is None and season == 1 else None


def _is_near(episode: "Episode", item: HostItem) -> bool:
    if item.publish_at is None or episode.publish_at is None:
        return False
    return bool(abs(item.publish_at - episode.publish_at) <= WITHIN)


def _named(candidates: _Candidates, count: int) -> "list[dict[Witness, Episode]]":
    """For each item the one episode that each of its witnesses names, and names for no other item."""
    named: list[dict[Witness, Episode]] = [{} for _ in range(count)]
    for witness, places in candidates.items():
        often = Counter(pk for episodes in places for pk in episodes)
        for place, episodes in enumerate(places):
            if len(episodes) == 1 and often[next(iter(episodes))] == 1:
                named[place][witness] = next(iter(episodes.values()))
    for witnesses in named:
        if any(witness < Witness.DATE for witness in witnesses):
            witnesses.pop(Witness.TAG, None)
    return named
