"""The selection of episodes for the podcast feed."""

from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Count, Max, QuerySet, Value
from django.utils import timezone

from episodes.models import Episode, EpisodeQuerySet
from episodes.podcast import Podcast
from interaxion.content.prepared import Prepared

MOST_TRAILERS = 20


def podcast_episodes(podcast: Podcast) -> EpisodeQuerySet:
    """Return every live episode with audio, the newest first.

    If the feed is for notes only, episodes whose audio is only in another host's player are in it too.
    """
    return _episodes(podcast.is_notes_only)


def _episodes(is_notes_only: bool, at: datetime | None = None) -> EpisodeQuerySet:
    live = Episode.objects.live(at).newest_first()
    # Those without audio are few, and found by an index: all others are then read from the index of what is live.
    return live if is_notes_only else live.exclude(pk__in=Episode.objects.without_audio().values("pk"))


class FeedSelection:
    """The same, counted and read in part, of which a page asks for each document of the feed."""

    def __init__(self, podcast: Podcast) -> None:
        self._is_notes_only = podcast.is_notes_only
        self._at = timezone.now()

    def count(self) -> int:
        return sum(count for (count,) in _count(self._is_notes_only)(self._at))

    def keys(self, part: slice) -> list[int]:
        return [pk for (pk,) in _keys(self._is_notes_only)(self._at, part.start, part.stop - part.start)]

    def changed_at(self, part: slice) -> datetime | None:
        """Return when the newest change of an episode in this part was, None if it is empty."""
        # Found by the database: Django needs as long for the instants of 2,000 episodes as for all else about them.
        changes = _episodes(self._is_notes_only, self._at)[part].aggregate(Max("stored_at"), Max("publish_at"))
        return max(filter(None, changes.values()), default=None)


@cache
def _count(is_notes_only: bool) -> Prepared[Any]:
    def count(at: datetime) -> QuerySet[Any, tuple[int]]:
        found = _episodes(is_notes_only, at).order_by().values(one=Value(1)).annotate(things=Count("pk"))
        return found.values_list("things")

    return Prepared(count)


@cache
def _keys(is_notes_only: bool) -> Prepared[Any]:
    def keys(at: datetime, start: int, count: int) -> QuerySet[Any, tuple[int]]:
        return _episodes(is_notes_only, at).values_list("pk")[start : start + count]

    return Prepared(keys)


@Prepared
def podcast_trailers(at: datetime) -> EpisodeQuerySet:
    """Return the newest live trailers with audio, the newest first."""
    trailers = Episode.objects.live(at, among_few=True).with_audio().filter(episode_type=Episode.Type.TRAILER)
    return trailers.defer("html", "text", "outline").newest_first()[:MOST_TRAILERS]
