"""Tags that podcast apps read beside the episode: samples, comments, transcripts, and the show's trailers.

https://github.com/Podcastindex-org/podcast-namespace/tree/main/docs/tags
"""

from collections.abc import Iterable, Sequence
from email.utils import format_datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from episodes.models import Episode
from episodes.notes.chapters import FeedChapter
from episodes.transcripts import files
from episodes.transcripts.sections import published_transcript
from interaxion.content.paths import public_url
from interaxion.text.times import parse_span
from interaxion.web.feed_xml import Element, tag

#: Seconds: apps expect a sample of 15 to 120.
LONGEST_SOUNDBITE = 120
LONGEST_NODE = 128
#: The slugs of protocols, by host; a post elsewhere is taken for one of the Fediverse.
#: https://github.com/Podcastindex-org/podcast-namespace/blob/main/socialprotocols.txt
PROTOCOLS = {"bsky.app": "bluesky", "twitter.com": "twitter", "x.com": "twitter"}
TRANSCRIPT_TYPES = {
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".json": "application/json",
    ".html": "text/html",
    ".htm": "text/html",
    ".txt": "text/plain",
}
#: Of transcripts that can be shown while the sound plays.
TIMED_TYPES = ("text/vtt", "application/x-subrip")


def add_app_tags(item: Element, episode: Episode, chapters: Sequence[FeedChapter]) -> None:
    if transcript := published_transcript(episode):
        for address, form in files.addresses(episode.path):
            rel = "captions" if form in TIMED_TYPES else ""
            tag(item, "podcast:transcript", url=public_url(address), type=form, language=transcript.language, rel=rel)
    for url in episode.transcripts_elsewhere:
        tag(item, "podcast:transcript", url=public_url(url), type=transcript_type(url))
    for line in episode.soundbites:
        _add_soundbite(item, line, chapters, episode.audio_seconds)
    for priority, url in enumerate(episode.social_posts, start=1):
        account = _account_in(url)
        protocol = PROTOCOLS.get((urlsplit(url).hostname or "").removeprefix("www."), "activitypub")
        tag(item, "podcast:socialInteract", uri=url, protocol=protocol, accountId=account, priority=str(priority))


def add_trailers(channel: Element, trailers: Iterable[Episode]) -> None:
    """Name the episodes that are trailers in the channel, too: apps offer the newest as a preview of the show."""
    for trailer in trailers:
        if trailer.publish_at is None:
            continue
        tag(
            channel,
            "podcast:trailer",
            trailer.title[:LONGEST_NODE],
            url=public_url(trailer.audio_address),
            pubdate=format_datetime(trailer.publish_at),
            length=str(trailer.audio_bytes or ""),
            type=str(trailer.media_type),
            season=str(trailer.season or ""),
        )


def put_prefix(item: str, prefix: str) -> str:
    """Return an item with the show's prefix before the address of its audio.

    The address follows the prefix without its scheme, as services that count downloads ask for. An item is stored
    without it, so that another prefix makes no item anew.
    """
    return item.replace('<enclosure url="https://', f'<enclosure url="{prefix}', 1) if prefix else item


def transcript_type(url: str) -> str:
    """Return the content type that the suffix of an address stands for; that of plain text for any other."""
    return TRANSCRIPT_TYPES.get(PurePosixPath(urlsplit(url).path).suffix.lower(), "text/plain")


def find_lost_soundbites(soundbites: Iterable[str], starts: Iterable[int]) -> list[str]:
    """Return the soundbites that begin where no section does."""
    known = set(starts)
    return [line for line in soundbites if (span := parse_span(line)) and span[0] not in known]


def _add_soundbite(item: Element, line: str, chapters: Sequence[FeedChapter], seconds: int | None) -> None:
    span = parse_span(line)
    if span is None:
        return
    begin, end = span
    chapter = next((chapter for chapter in chapters if chapter.starts_at == begin), None)
    if end is None:
        ends = [at for at in (chapter and chapter.ends_at, seconds) if at and at > begin]
        end = min([*ends, begin + LONGEST_SOUNDBITE])
    title = chapter.title[:LONGEST_NODE] if chapter else ""
    tag(item, "podcast:soundbite", title, startTime=f"{begin}.0", duration=f"{end - begin}.0")


def _account_in(url: str) -> str:
    """Return the account in the address of a post (`/@name/1`, `/profile/name/post/1`); "" if it does not say."""
    parts = urlsplit(url).path.strip("/").split("/")
    if parts[0].startswith("@"):
        return parts[0]
    return f"@{parts[1]}" if parts[0] == "profile" and len(parts) > 1 else ""
