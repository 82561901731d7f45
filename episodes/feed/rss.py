"""The podcast feed: RSS 2.0 with the tags that directories and apps read.

RSS: https://www.rssboard.org/rss-specification
itunes: https://podcasters.apple.com/support/823-podcast-requirements
podcast: https://github.com/Podcastindex-org/podcast-namespace/tree/main/docs/tags
"""

import uuid
from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from html import escape

from episodes.feed.app_tags import add_trailers, put_prefix
from episodes.feed.description import MOST_BYTES, cut
from episodes.feed.item import NAMESPACES, add_artwork, credit, spell_bool
from episodes.models import Appearance, Episode
from episodes.people.hosts import find_hosts
from episodes.podcast import Podcast, split_txt
from interaxion.content.paths import public_url
from interaxion.web.feed_pages import FeedPage, describe_page
from interaxion.web.feed_xml import Element, group, tag, write_around

CONTENT_TYPE = "application/rss+xml; charset=utf-8"
#: The UUID namespace of podcast:guid. https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/guid.md
GUID_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
#: Listeners read this text, so it is in the language of the show.
FUNDING_LABELS = {"ja": "番組を応援する", "en": "Support the show"}


def write_podcast_feed(
    podcast: Podcast, items: Iterable[str], *, page: FeedPage, changed_at: datetime, trailers: Iterable[Episode] = ()
) -> bytes:
    """Return this document of the feed, with `items` in their order: parts `PODCAST_ITEM`, with notes or without."""
    root = Element("rss", {"version": "2.0", **NAMESPACES})
    channel = group(root, "channel")
    _describe_show(channel, podcast)
    _add_addresses(channel, podcast, page)
    for host in find_hosts():
        credit(channel, host, str(Appearance.Role.HOST))
    _describe_offers(channel, podcast)
    add_trailers(channel, trailers)
    tag(channel, "lastBuildDate", format_datetime(changed_at))
    tag(channel, "generator", "Interaxion")
    prefix = public_url(podcast.audio_prefix) if podcast.audio_prefix else ""
    return write_around(root, (f"{put_prefix(item, escape(prefix))}</item>" for item in items), parent=channel)


def podcast_guid(feed_url: str) -> str:
    """Return the show's permanent id: a UUIDv5 of the feed's address without scheme and closing slashes."""
    return str(uuid.uuid5(GUID_NAMESPACE, feed_url.partition("://")[2].rstrip("/")))


def _describe_show(channel: Element, podcast: Podcast) -> None:
    home_url = public_url("/")
    tag(channel, "title", podcast.title)
    tag(channel, "link", home_url)
    # Apps take it for HTML, as that of an item, and its author types plain text.
    tag(channel, "description", escape(cut(podcast.description or podcast.title, MOST_BYTES), quote=False))
    tag(channel, "language", podcast.language)
    tag(channel, "copyright", podcast.copyright)
    tag(channel, "itunes:author", podcast.author)
    if podcast.owner_email:
        owner = group(channel, "itunes:owner")
        tag(owner, "itunes:name", podcast.owner_name or podcast.author)
        tag(owner, "itunes:email", podcast.owner_email)
    if podcast.artwork:
        artwork_url = public_url(podcast.artwork.url)
        add_artwork(channel, artwork_url, alt=podcast.title, size=podcast.artwork_size())
        image = group(channel, "image")
        tag(image, "url", artwork_url)
        tag(image, "title", podcast.title)
        tag(image, "link", home_url)
    for line in podcast.categories:
        category, _, subcategory = line.partition(" > ")
        parent = group(channel, "itunes:category", text=category)
        tag(parent, "itunes:category", text=subcategory)
    tag(channel, "itunes:explicit", spell_bool(podcast.is_explicit))
    tag(channel, "itunes:type", "serial" if podcast.is_serial else "episodic")
    tag(channel, "podcast:medium", "podcast")


def _add_addresses(channel: Element, podcast: Podcast, page: FeedPage) -> None:
    """Add the feed's addresses, its owner, whether directories may list it, and whether another host may import it."""
    describe_page(channel, page, name="atom:link", content_type="application/rss+xml")
    tag(channel, "podcast:guid", str(podcast.guid or podcast_guid(page.feed_url)))
    tag(channel, "itunes:new-feed-url", podcast.new_feed_url)
    tag(channel, "itunes:block", "Yes" if podcast.is_notes_only else "")
    # A show that moves is unlocked: else the new host could not import it.
    tag(channel, "podcast:locked", "no" if podcast.new_feed_url else "yes", owner=podcast.owner_email)


def _describe_offers(channel: Element, podcast: Podcast) -> None:
    """Add what apps show of the show itself: support, licence, frequency and notes for services."""
    if podcast.funding_url:
        label = podcast.funding_label or FUNDING_LABELS.get(podcast.language, FUNDING_LABELS["en"])
        tag(channel, "podcast:funding", label, url=public_url(podcast.funding_url))
    license_url = public_url(podcast.license_url) if podcast.license_url else ""
    tag(channel, "podcast:license", podcast.spelled_license, url=license_url)
    complete = "true" if podcast.is_complete else ""
    tag(channel, "podcast:updateFrequency", podcast.update_label, rrule=podcast.update_rule, complete=complete)
    tag(channel, "itunes:complete", "Yes" if podcast.is_complete else "")
    for line in podcast.txt_records:
        purpose, text = split_txt(line)
        tag(channel, "podcast:txt", text, purpose=purpose)
