"""Witnesses of identity: GUID, title, number and date of an item, and the episodes that each of them may mean."""

from collections.abc import Collection, Container, Mapping, Sequence
from datetime import timedelta
from enum import IntEnum

from django.utils.translation import gettext_lazy as _

from episodes.host_feed.reading import HostItem
from episodes.host_feed.titles import read_title
from episodes.models import Episode

#: How far the dates of one episode may be apart.
WITHIN = timedelta(days=1)
#: How far they may be apart if the number in the title says the same.
WITHIN_WITH_NUMBER = timedelta(days=3)


class Witness(IntEnum):
    """A reason to take an item for an episode, the most credible first."""

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


#: For each witness, the episodes that it may mean, by primary key, at the place of each item.
Candidates = Mapping[Witness, Sequence[Mapping[int, Episode]]]


class EpisodeIndex:
    """The episodes by everything that a witness can name."""

    def __init__(self, episodes: Sequence[Episode]) -> None:
        self.episodes = episodes
        self.by_guid = {episode.guid: episode for episode in episodes}
        self.by_number = {episode.number: episode for episode in episodes if episode.number is not None}
        self.by_title: dict[str, list[Episode]] = {}
        self.whole_titles: dict[int, str] = {}  # folded, by primary key
        for episode in episodes:
            spellings = read_title(episode.title).spellings
            self.whole_titles[episode.pk] = min(spellings[0]) if spellings else ""
            for spelling in {spelling for level in spellings for spelling in level}:
                self.by_title.setdefault(spelling, []).append(episode)

    def find(self, item: HostItem) -> dict[Witness, list[Episode | None]]:
        """Return the episodes that each witness of the item may mean."""
        title = item.read_title
        levels = ([e for spelling in level for e in self.by_title.get(spelling, ())] for level in title.spellings)
        same_title = next((level for level in levels if level), [])
        # A number in the title of the episode itself is no number of the host.
        is_whole = any(self.whole_titles[episode.pk] in title.spellings[0] for episode in same_title)
        number = None if is_whole or title.number is None else self.by_number.get(title.number)
        return {
            Witness.GUID: [self.by_guid.get(item.guid)],
            Witness.TITLE: [*same_title],
            Witness.NUMBER: [_of_season(number, title.season or item.season)],
            Witness.DATE: [episode for episode in self.episodes if _is_near(episode, item)],
            Witness.TAG: [_of_season(self.by_number.get(item.tagged_number), item.season)],
        }


def find_candidates(items: Sequence[HostItem], index: EpisodeIndex, *, without: Container[int]) -> Candidates:
    """Ask all witnesses of each item, except the items at the places `without`."""
    found = [{} if place in without else index.find(item) for place, item in enumerate(items)]
    return {
        witness: [{e.pk: e for e in episodes.get(witness, ()) if e is not None} for episodes in found]
        for witness in Witness
    }


def is_contradicted(item: HostItem, episode: Episode, names: Collection[Witness]) -> bool:
    """Whether item and episode state different things, and too little else agrees.

    `names` are the witnesses that name the episode. If title or number differs, the date and the other of the two must
    agree. The host's own number counts for this only where the title has none, and not against a date that is far.
    """
    if Witness.GUID in names:
        return False
    title = True if Witness.TITLE in names else _is_same_title(item, episode)
    number = _is_same_number(item, episode)
    is_counted = number is None and Witness.TAG in names
    if False not in (title, number):
        return is_counted and not title and _is_near(episode, item, WITHIN_WITH_NUMBER) is False
    agrees = title or number or (is_counted and Witness.DATE in names)
    return not (agrees and _is_near(episode, item, WITHIN_WITH_NUMBER))


def _is_same_title(item: HostItem, episode: Episode) -> bool | None:
    """Compare the titles without their numbers; None if one side states none."""
    theirs, ours = item.read_title, read_title(episode.title)
    if not theirs.rest or not ours.rest:
        return None
    return bool(theirs.all_spellings & {ours.rest, *ours.spellings[0]})


def _is_same_number(item: HostItem, episode: Episode) -> bool | None:
    """Compare the number in the title, within its season; None if one side states none."""
    title = item.read_title
    is_whole = title.spellings[:1] == read_title(episode.title).spellings[:1]
    if is_whole or title.number is None or episode.number is None:
        return None
    return title.number == episode.number and _of_season(episode, title.season or item.season) is not None


def _of_season(episode: Episode | None, season: int | None) -> Episode | None:
    """Return the episode; None if its number belongs, or may belong, to another season."""
    if episode is None or season in (None, episode.season):
        return episode
    return episode if episode.season is None and season == 1 else None


def _is_near(episode: Episode, item: HostItem, within: timedelta = WITHIN) -> bool | None:
    """Compare the dates; None if one side states none."""
    if item.publish_at is None or episode.publish_at is None:
        return None
    return bool(abs(item.publish_at - episode.publish_at) <= within)
