"""The records of speakers in the live episodes: how often in which role, from when to when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone

from episodes.models import Appearance, Episode
from episodes.people.speakers import Speaker
from interaxion.content.prepared import Prepared


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
    read = _find_dated if with_dates else _find
    rows = read([speaker.pk for speaker in speakers], timezone.now())
    return {speaker: SpeakerRecord(*record) for speaker, *record in rows}


@Prepared
def _find(speakers: list[int], at: datetime) -> QuerySet[Any, Any]:
    return _count(speakers, at)


@Prepared
def _find_dated(speakers: list[int], at: datetime) -> QuerySet[Any, Any]:
    return _count(speakers, at).annotate(first_at=Min("episode__publish_at"), last_at=Max("episode__publish_at"))


def _count(speakers: list[int], at: datetime) -> QuerySet[Any, Any]:
    # All but those in hidden episodes: what is live is not listed, and no episode is read to know that it is.
    hidden = Episode.objects.hidden(at).order_by().values("pk")
    appearances = Appearance.objects.filter(speaker__in=speakers).exclude(episode__in=hidden).order_by()
    as_guest = Count("pk", filter=Q(role=Appearance.Role.GUEST))
    return appearances.values_list("speaker").annotate(total=Count("*"), as_guest=as_guest)
