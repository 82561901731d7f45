"""The selection of episodes for the podcast feed."""

from episodes.models import Episode, EpisodeQuerySet
from episodes.podcast import Podcast


def podcast_episodes(podcast: Podcast) -> EpisodeQuerySet:
    """Return every live episode with audio, the newest first.

    If the feed is for notes only, episodes whose audio is only in another host's player are in it too.
    """
    live = Episode.objects.live()
    return (live if podcast.is_notes_only else live.with_audio()).newest_first()


def podcast_trailers() -> EpisodeQuerySet:
    """Return every live trailer with audio, the newest first."""
    return Episode.objects.live().with_audio().filter(episode_type=Episode.Type.TRAILER).newest_first()
