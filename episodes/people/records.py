"""The records of speakers in the live episodes: how often in which role, from when to when, with whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest

from django.db.models import Count, Max, Min, Q

from episodes.models import Appearance, Episode
from episodes.people.speakers import Speaker
from interaxion.text.japanese.reading_order import reading_key


@dataclass(frozen=True)
class SpeakerRecord:
    total: int = 0
    as_guest: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None


def find_records(speakers: Sequence[Speaker], *, with_dates: bool = False) -> dict[int, SpeakerRecord]:
    """Return the records of those of `speakers` who speak in a live episode, by their ids. One query.

    The dates are read from the episodes themselves, which takes much longer than to count appearances.
    """
    # All but those in hidden episodes: what is live is not listed, and no episode is read to know that it is.
    hidden = Episode.objects.hidden().order_by().values("pk")
    appearances = Appearance.objects.filter(speaker__in=speakers).exclude(episode__in=hidden)
    dates = {"first_at": Min("episode__publish_at"), "last_at": Max("episode__publish_at")} if with_dates else {}
    rows = (
        appearances.order_by()
        .values_list("speaker")
        .annotate(total=Count("pk"), as_guest=Count("pk", filter=Q(role=Appearance.Role.GUEST)), **dates)
    )
    return {speaker: SpeakerRecord(*record) for speaker, *record in rows}


def find_company(speaker: Speaker, most: int = 12) -> list[tuple[Speaker, int]]:
    """Return who else speaks in the live episodes of `speaker`, and in how many: the most frequent, at most `most`."""
    together = Episode.objects.live().with_speaker(speaker).order_by().values("pk")
    others = Appearance.objects.filter(episode__in=together).exclude(speaker=speaker).order_by()
    counts = dict(others.values_list("speaker").annotate(episodes=Count("pk")))
    least = min(nlargest(most, counts.values()), default=0)
    found = Speaker.objects.filter(pk__in=[pk for pk, episodes in counts.items() if episodes >= least])
    company = [(other, counts[other.pk]) for other in found]
    return sorted(company, key=lambda each: (-each[1], reading_key(each[0].name, each[0].reading)))[:most]
