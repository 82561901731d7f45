"""One episode as an item of the podcast feed. The addresses of the specifications are in `rss`."""

from datetime import UTC
from email.utils import format_datetime
from math import gcd

from django.urls import reverse
from django.utils import timezone

from episodes.feed.app_tags import add_app_tags
from episodes.feed.description import feed_description
from episodes.models import Episode
from episodes.notes.chapters import PODLOVE, find_chapters, podlove_chapters
from episodes.people.speakers import Speaker
from episodes.short_notes.writing import PAGE_LINKS
from interaxion.content.paths import public_url
from interaxion.web.feed_html import feed_html, free_times
from interaxion.web.feed_xml import Element, tag

#: The namespaces of the prefixes, as their specifications write them.
NAMESPACES = {
    "xmlns:itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:podcast": "https://podcastindex.org/namespace/1.0",
    "xmlns:psc": PODLOVE,
}
LONGEST_TITLE = 255
LONGEST_NAME = 128


def podcast_item(episode: Episode) -> Element:
    """Return the RSS item of an episode without its notes, dated now if it has no date.

    Raises ValueError for what XML cannot hold.
    """
    page_url = public_url(episode.path)
    chapters = find_chapters(
        episode.outline,
        page_url=page_url,
        language=episode.language,
        seconds=episode.audio_seconds,
        html=episode.html,
    )
    item = Element("item")
    tag(item, "title", str(episode)[:LONGEST_TITLE])
    tag(item, "itunes:title", episode.title[:LONGEST_TITLE])
    tag(item, "link", page_url)
    tag(item, "guid", str(episode.guid), isPermaLink="false")
    tag(item, "pubDate", format_datetime((episode.publish_at or timezone.now()).astimezone(UTC)))
    tag(item, "description", feed_description(episode.summary_text, chapters, page_url))
    language = episode.language
    tag(item, "podcast:contentLink", PAGE_LINKS.get(language, PAGE_LINKS["en"]), href=page_url)
    tag(item, "podcast:contentLink", episode.get_player_provider_display(), href=episode.player_page_url)
    _describe_audio(item, episode)
    _number(item, episode)
    if episode.artwork:
        add_artwork(item, public_url(episode.artwork.url), alt=str(episode))
    tag(item, "itunes:explicit", spell_bool(episode.is_explicit))
    for appearance in episode.appearances.all():
        credit(item, appearance.speaker, appearance.role)
    if chapters:
        address = public_url(reverse("chapters_json", args=[episode.path.strip("/")]))
        tag(item, "podcast:chapters", url=address, type="application/json+chapters")
        item.append(podlove_chapters(chapters))
    add_app_tags(item, episode, chapters)
    return item


def add_notes(item: Element, episode: Episode) -> None:
    """Add the whole notes. Raises ValueError for what XML cannot hold."""
    tag(item, "content:encoded", feed_html(free_times(episode.html), public_url(episode.path)))


def add_artwork(parent: Element, url: str, *, alt: str, size: tuple[int, int] | None = None) -> None:
    """Add the picture of the show or an episode, as both namespaces write it. `size` is in pixels; None if unknown."""
    tag(parent, "itunes:image", href=url)
    measures = {}
    if size:
        part = gcd(*size)
        measures = {"aspect-ratio": f"{size[0] // part}/{size[1] // part}", "width": str(size[0])}
    tag(parent, "podcast:image", href=url, alt=alt, purpose="artwork", **measures)


def credit(parent: Element, speaker: Speaker, role: str) -> None:
    """Name a speaker, with the role if it is known."""
    tag(
        parent,
        "podcast:person",
        speaker.name[:LONGEST_NAME],
        role=role,
        href=public_url(speaker.path),
        img=public_url(speaker.image.url) if speaker.image else "",
    )


def spell_bool(value: bool) -> str:
    return "true" if value else "false"


def _describe_audio(item: Element, episode: Episode) -> None:
    if not episode.audio_address:
        return
    url = public_url(episode.audio_address)
    length = episode.audio_bytes
    if length is None:
        # The size of audio on another host may be unknown: feeds write 0 then.
        length = 0 if episode.audio_url else episode.audio_file.size
    tag(item, "enclosure", url=url, length=str(length), type=str(episode.media_type))
    if episode.audio_seconds:
        tag(item, "itunes:duration", str(episode.audio_seconds))


def _number(item: Element, episode: Episode) -> None:
    """Write the number for each namespace: 19.5 is a bonus of 19 for Apple, which has only whole numbers."""
    number, season = episode.number, str(episode.season or "")
    is_decimal = number is not None and number % 1 != 0
    tag(item, "itunes:episodeType", "bonus" if is_decimal else str(episode.episode_type))
    if number is not None and number >= 1:
        tag(item, "itunes:episode", str(int(number)))
    tag(item, "itunes:season", season)
    tag(item, "podcast:season", season)
    tag(item, "podcast:episode", episode.spelled_number, display=episode.spelled_number if is_decimal else "")
