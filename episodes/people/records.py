"""The record of a speaker in the live episodes: how often in which role, from when to when, with whom."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from episodes.models import Appearance, Episode
from episodes.people.speakers import Speaker
from interaxion.text.japanese.reading_order import reading_key


@dataclass(frozen=True)
class SpeakerRecord:
    total: int
    as_guest: int
    first: Episode | None
    last: Episode | None

    @classmethod
    def of(cls, appearances: Iterable[Appearance]) -> "SpeakerRecord":
        """Make the record from the appearances of one speaker in live episodes; the episodes must be loaded."""
        by_date = sorted(appearances, key=lambda appearance: appearance.episode.publish_at)
        as_guest = sum(appearance.role == Appearance.Role.GUEST for appearance in by_date)
        return cls(
            total=len(by_date),
            as_guest=as_guest,
            first=by_date[0].episode if by_date else None,
            last=by_date[-1].episode if by_date else None,
        )


def find_company(speaker: Speaker, episodes: Iterable[Episode], most: int = 12) -> list[tuple[Speaker, int]]:
    """Return who else speaks in these episodes, and in how many of them; the most frequent first, at most `most`."""
    company = Counter(
        appearance.speaker
        for episode in episodes
        for appearance in episode.appearances.all()
        if appearance.speaker_id != speaker.pk
    )
    return sorted(company.items(), key=lambda pair: (-pair[1], reading_key(pair[0].name, pair[0].reading)))[:most]
