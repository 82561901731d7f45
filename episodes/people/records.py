"""The records of speakers in the live episodes: how often in which role, from when to when, with whom."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Max, Min, OuterRef, Q

from episodes.models import Appearance, Episode
from episodes.people.speakers import Speaker
from interaxion.text.japanese.reading_order import reading_key


@dataclass(frozen=True)
class SpeakerRecord:
    total: int = 0
    as_guest: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None


def find_records(speakers: list[Speaker]) -> dict[int, SpeakerRecord]:
    """Return the records of those of `speakers` who speak in a live episode, by their ids. One query."""
    # Not a condition of the join: SQLite would begin with all that is live.
    is_live = Exists(Episode.objects.live().filter(pk=OuterRef("episode_id")))
    appearances = Appearance.objects.filter(is_live, speaker__in=speakers)
    rows = (
        appearances.order_by()
        .values_list("speaker")
        .annotate(
            total=Count("pk"),
            as_guest=Count("pk", filter=Q(role=Appearance.Role.GUEST)),
            first_at=Min("episode__publish_at"),
            last_at=Max("episode__publish_at"),
        )
    )
    return {speaker: SpeakerRecord(*record) for speaker, *record in rows}


def find_company(speaker: Speaker, most: int = 12) -> list[tuple[Speaker, int]]:
    """Return who else speaks in the live episodes of `speaker`, and in how many: the most frequent, at most `most`."""
    together = Episode.objects.live().with_speaker(speaker).order_by().values("pk")
    others = Appearance.objects.filter(episode__in=together).exclude(speaker=speaker).order_by()
    counted = others.values_list("speaker", "speaker__name", "speaker__reading").annotate(episodes=Count("pk"))
    nearest = sorted(counted, key=lambda row: (-row[3], reading_key(row[1], row[2])))[:most]
    found = Speaker.objects.in_bulk([pk for pk, *_rest in nearest])
    return [(found[pk], episodes) for pk, _name, _reading, episodes in nearest]
