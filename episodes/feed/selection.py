"""Which episodes are in the podcast feed."""

from episodes.models import Episode, EpisodeQuerySet
from episodes.podcast import Podcast


def podcast_episodes(podcast: Podcast) -> EpisodeQuerySet:
    """Every live episode that there is audio of, the newest first, with the people in it.

    Where the feed is of the notes only, those whose audio is nowhere but in another host's player too.
    """
    live = Episode.objects.live()
    return (
        (live if podcast.is_notes_only else live.with_audio())
        .newest_first()
        .defer("text", "distribution_notes")
        .with_people()
    )
