"""The records of speakers in the live episodes: how often in which role, from when to when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from episodes.models import Appearance, Episode
from episodes.people.speakers import Speaker
from interaxion.content.prepared import Prepared

#: The first and the last episode of somebody in more are found sooner from the ends of the show than among their own.
FEW = 200


@dataclass(frozen=True)
class SpeakerRecord:
    total: int = 0
    as_guest: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None


def find_records(speakers: Sequence[Speaker], *, with_dates: bool = False) -> dict[int, SpeakerRecord]:
    """Return the records of those of `speakers` who speak in a live episode, by their ids.

    The dates take a query more, or two: they are those of the episodes.
    """
    now = timezone.now()
    counts = {speaker: (total, as_guest) for speaker, total, as_guest in _count([each.pk for each in speakers], now)}
    ends = _find_ends({speaker: total for speaker, (total, _as_guest) in counts.items()}, now) if with_dates else {}
    return {speaker: SpeakerRecord(*count, *ends.get(speaker, ())) for speaker, count in counts.items()}


def _find_ends(totals: Mapping[int, int], at: datetime) -> dict[int, list[datetime]]:
    """Return the dates of the first and of the last live episode of each speaker."""
    few = [speaker for speaker, total in totals.items() if total <= FEW]
    many = [speaker for speaker, total in totals.items() if total > FEW]
    found = [*(_ends_of_few(few, at) if few else ()), *(_ends_of_many(many, at) if many else ())]
    return {speaker: ends for speaker, *ends in found}


@Prepared
def _count(speakers: list[int], at: datetime) -> QuerySet[Any, tuple[int, int, int]]:
    as_guest = Count("pk", filter=Q(role=Appearance.Role.GUEST))
    return _live_appearances(speakers, at).annotate(total=Count("*"), as_guest=as_guest)


@Prepared
def _ends_of_few(speakers: list[int], at: datetime) -> QuerySet[Any, tuple[int, datetime, datetime]]:
    ends = {"first_at": Min("episode__publish_at"), "last_at": Max("episode__publish_at")}
    return _live_appearances(speakers, at).annotate(**ends)


@Prepared
def _ends_of_many(speakers: list[int], at: datetime) -> QuerySet[Any, tuple[int, datetime, datetime]]:
    speaks = Exists(Appearance.objects.filter(episode=OuterRef("pk"), speaker=OuterRef(OuterRef("pk"))))
    dates = Episode.objects.live(at).filter(speaks).values("publish_at")
    first_at, last_at = (Subquery(dates.order_by(order)[:1]) for order in ("publish_at", "-publish_at"))
    return Speaker.objects.filter(pk__in=speakers).values_list("pk").annotate(first_at=first_at, last_at=last_at)


def _live_appearances(speakers: list[int], at: datetime) -> QuerySet[Any, tuple[int]]:
    # All but those in hidden episodes: what is live is not listed, and no episode is read to know that it is.
    hidden = Episode.objects.hidden(at).order_by().values("pk")
    appearances = Appearance.objects.filter(speaker__in=speakers).exclude(episode__in=hidden).order_by()
    return appearances.values_list("speaker")
