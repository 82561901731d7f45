"""Matching: the identity of items of a host's feed. A witness that names several episodes names none."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from episodes.host_feed.reading import HostItem
from episodes.host_feed.witnesses import Candidates, EpisodeIndex, Witness, find_candidates, is_contradicted
from episodes.models import Episode


@dataclass(frozen=True)
class Match:
    """An item with what each witness names; it has an episode only if no witness contradicts another."""

    item: HostItem
    episode: Episode | None = None
    named: Mapping[Witness, Episode] = field(default_factory=dict)
    #: The item that has a better claim to the episode that these witnesses name.
    rival: HostItem | None = None
    #: The episode that these witnesses name, but of which the item states something else.
    contradicted: Episode | None = None
    #: The episode that has the date of the item, although title and number both name another.
    outvoted: Episode | None = None

    @property
    def is_by_person(self) -> bool:
        return Witness.PERSON in self.named


def match_items(
    items: Iterable[HostItem], episodes: Iterable[Episode], by_person: Mapping[str, Episode] | None = None
) -> list[Match]:
    """Find the episode of each item. `by_person` holds the episodes that a person has named, by GUID.

    GUID, title, number in the title and date must not contradict each other. The host's number counts only if no
    other witness but the date says anything. Title and number together count for more than the date: hosts publish
    again, on the day of another episode. An item has no episode if a better witness of another item names it, or if
    title, number or date is another one and too little else agrees.
    """
    items, by_person = list(items), by_person or {}
    chosen = {place: by_person[item.guid] for place, item in enumerate(items) if item.guid in by_person}
    taken = {episode.pk for episode in chosen.values()}
    index = EpisodeIndex([episode for episode in episodes if episode.pk not in taken])
    claims = _Claims(items, find_candidates(items, index, without=chosen))
    return [
        Match(items[place], chosen[place], {Witness.PERSON: chosen[place]}) if place in chosen else claims.match(place)
        for place in range(len(items))
    ]


class _Claims:
    """Gives each episode to the item with the strongest evidence."""

    def __init__(self, items: Sequence[HostItem], candidates: Candidates) -> None:
        self.items = items
        self.candidates = candidates
        self.named = _named(candidates, len(items))
        self.claimants: dict[int, set[int]] = {}  # the places of the items, by primary key of the episode
        for places in candidates.values():
            for place, episodes in enumerate(places):
                for pk in episodes:
                    self.claimants.setdefault(pk, set()).add(place)

    def match(self, place: int) -> Match:
        item, named, outvoted = self.items[place], self.named[place], self.outvoted(place)
        if outvoted:
            named = {witness: episode for witness, episode in named.items() if witness is not Witness.DATE}
        if len({episode.pk for episode in named.values()}) != 1:
            return Match(item, named=named)
        episode = next(iter(named.values()))
        best = min(self.claimants[episode.pk], key=lambda other: self.rank(other, episode.pk))
        if best != place:
            return Match(item, named=named, rival=self.items[best])
        if is_contradicted(item, episode, named) or self.hints_elsewhere(place, episode.pk):
            return Match(item, named=named, contradicted=episode)
        return Match(item, episode, named, outvoted=outvoted)

    def outvoted(self, place: int) -> Episode | None:
        """Return the episode that only the date names, while title and number, also the host's own, name another."""
        title = self.named[place].get(Witness.TITLE)
        numbers = [self.candidates[witness][place] for witness in (Witness.NUMBER, Witness.TAG)]
        dated = self.candidates[Witness.DATE][place]
        if title is None or title.pk in dated or not any(title.pk in episodes for episodes in numbers):
            return None
        return next(iter(dated.values()), None)

    def hints_elsewhere(self, place: int, pk: int) -> bool:
        """Whether title, number or date point to other episodes only, be it that other items share that hint."""
        if Witness.GUID in self.named[place]:
            return False
        telling = [Witness.TITLE, Witness.NUMBER, *([] if self.outvoted(place) else [Witness.DATE])]
        hints = [self.candidates[witness][place] for witness in telling]
        return any(episodes and pk not in episodes for episodes in hints)

    def rank(self, place: int, pk: int) -> tuple[int, int]:
        """Return how well the item at `place` may claim the episode; the best claim is the least."""
        hints = [witness for witness, places in self.candidates.items() if pk in places[place]]
        names = [witness for witness, episode in self.named[place].items() if episode.pk == pk]
        return min(hints, default=len(Witness)), min(names, default=len(Witness))


def _named(candidates: Candidates, count: int) -> list[dict[Witness, Episode]]:
    """For each item, return the one episode that each of its witnesses names, and names for no other item."""
    named: list[dict[Witness, Episode]] = [{} for _ in range(count)]
    for witness, places in candidates.items():
        counts = Counter(pk for episodes in places for pk in episodes)
        for place, episodes in enumerate(places):
            if len(episodes) == 1 and counts[next(iter(episodes))] == 1:
                named[place][witness] = next(iter(episodes.values()))
    for witnesses in named:
        if any(witness < Witness.DATE for witness in witnesses):
            witnesses.pop(Witness.TAG, None)
    return named
