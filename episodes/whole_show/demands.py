"""Demands of directories that the show does not meet: the rules of feeds, over the channel as it would be now."""

from django.urls import reverse
from django.utils import timezone

from episodes.feed.rss import write_podcast_feed
from episodes.feed.rules import find_violations
from episodes.podcast import Podcast
from interaxion.content.paths import public_url
from interaxion.text.problems import Level
from interaxion.web.feed_pages import FeedPage


def find_demands() -> list[tuple[Level, str]]:
    """Return level and sentence of each fault of the show itself, as if its feed had an episode."""
    feed = write_podcast_feed(
        Podcast.current(), ["<item>"], page=FeedPage(public_url(reverse("podcast_feed"))), changed_at=timezone.now()
    )
    return [
        (finding.rule.level, f"{finding.rule.message}: {finding.quote}" if finding.quote else str(finding.rule.message))
        for finding in find_violations(feed)
        if not finding.place and finding.rule.id.startswith("channel-")
    ]
