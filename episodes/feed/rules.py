"""The rules of podcast feeds, each with its id, its level and the address of its specification.

They check XML, so they hold for feeds of other sites too. An error means that directories refuse the feed or the
episode; a warning means that listeners miss something.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from episodes.feed.finders import (
    addresses,
    bare_people,
    enclosure,
    few_chapters,
    foreign_tags,
    insecure_audio,
    late_chapters,
    long_chapters,
    long_description,
    longer,
    missing,
    not_matching,
    open_type,
    own_addresses,
    read_text,
    repeated,
    unknown_categories,
    unknown_length,
    unknown_type,
    wrong_artwork,
    wrong_date,
    wrong_numbers,
)
from interaxion.text.problems import Level
from interaxion.text.source_errors import gettext_noop
from interaxion.web.xml_reading import Element, XmlRefused, read_xml

APPLE = "https://podcasters.apple.com/support/823-podcast-requirements"
APPLE_ARTWORK = "https://podcasters.apple.com/support/896-artwork-requirements"
APPLE_CATEGORIES = "https://podcasters.apple.com/support/1691-apple-podcasts-categories"
RSS = "https://www.rssboard.org/rss-specification"
NAMESPACE = "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags"
SPOTIFY_CHAPTERS = "https://support.spotify.com/creators/article/creating-and-managing-chapters/"


@dataclass(frozen=True)
class FeedRule:
    """`find` yields a quotation for each time that the rule is broken; "" if there is nothing to quote."""

    id: str
    level: Level
    spec: str
    message: str
    #: The field of an episode to correct; "" if there is none.
    field: str
    find: Callable[[Element], Iterable[str]]


@dataclass(frozen=True)
class Finding:
    rule: FeedRule
    place: str  # the GUID of the item; "" for the show
    quote: str


def find_violations(data: bytes) -> Iterator[Finding]:
    """Yield what breaks a rule in a whole feed. Raises XmlRefused if `data` is no RSS document.

    The show of a feed without items is not checked: nobody has it yet. A feed that directories must not list may have
    items without audio.
    """
    root = read_xml(data)
    channel = root.find("channel")
    if root.tag != "rss" or channel is None:
        raise XmlRefused(gettext_noop("it is no RSS feed"))
    items = channel.findall("item")
    is_blocked = read_text(channel, "itunes:block") == "Yes"
    yield from _findings(CHANNEL_RULES if items else (), channel, "")
    for item in items:
        yield from find_item_violations(item, may_lack_audio=is_blocked)


def find_item_violations(item: Element, *, may_lack_audio: bool = False) -> Iterator[Finding]:
    """Yield what breaks a rule in an item that was read, or in one of ours after `qualify()`."""
    needs_audio = not may_lack_audio or item.find("enclosure") is not None
    rules = [rule for rule in ITEM_RULES if needs_audio or rule.field not in AUDIO_FIELDS]
    yield from _findings(rules, item, read_text(item, "guid") or read_text(item, "title"))


def _findings(rules: Iterable[FeedRule], parent: Element, place: str) -> Iterator[Finding]:
    for rule in rules:
        for quote in rule.find(parent):
            yield Finding(rule, place, quote)


ERROR, WARNING = Level.ERROR, Level.WARNING

CHANNEL_RULES = (
    FeedRule("channel-required", ERROR, APPLE, _("the show lacks a tag that Apple demands"), "",
         missing("title", "description", "language", "itunes:image", "itunes:category", "itunes:explicit")),
    FeedRule("channel-recommended", WARNING, APPLE, _("the show lacks a tag that Apple recommends"), "",
         missing("link", "itunes:author")),
    FeedRule("channel-owner", WARNING, APPLE,
         _("without an owner's address nobody can claim the show in directories"), "", missing("itunes:owner")),
    FeedRule("channel-guid", WARNING, f"{NAMESPACE}/guid.md", _("the show has no GUID"), "", missing("podcast:guid")),
    FeedRule("channel-description-bytes", ERROR, APPLE, _("the description has more than 4,000 bytes"), "",
         long_description),
    FeedRule("channel-title-length", WARNING, APPLE, _("the title has more than 255 characters"), "",
         longer("title", 255)),
    FeedRule("channel-explicit", ERROR, APPLE, _("itunes:explicit is neither true nor false"), "",
         not_matching("itunes:explicit", "true|false")),
    FeedRule("channel-category", ERROR, APPLE_CATEGORIES, _("the category is not in Apple's list"), "",
         unknown_categories),
    FeedRule("channel-type", ERROR, APPLE, _("itunes:type is neither episodic nor serial"), "",
         not_matching("itunes:type", "episodic|serial")),
    FeedRule("channel-artwork", WARNING, APPLE_ARTWORK, _("the artwork is no square of 1400 to 3000 pixels"), "",
         wrong_artwork),
    FeedRule("channel-person", WARNING, f"{NAMESPACE}/person.md", _("a person's name has more than 128 characters"), "",
         bare_people),
    FeedRule("channel-ascii", WARNING, APPLE, _("an address is not in ASCII"), "",
         lambda channel: (address for address in own_addresses(channel) if not address.isascii())),
    FeedRule("items-guid-unique", ERROR, APPLE, _("two episodes have the same GUID"), "",
         repeated(lambda item: read_text(item, "guid"))),
    FeedRule("items-audio-unique", ERROR, APPLE, _("two episodes have the same audio"), "",
         repeated(lambda item: enclosure(item, "url"))),
)  # fmt: skip

ITEM_RULES = (
    FeedRule("item-title", ERROR, APPLE, _("the episode has no title"), "title", missing("title")),
    FeedRule("item-enclosure", ERROR, APPLE, _("the episode has no audio"), "audio_url", missing("enclosure")),
    FeedRule("item-guid", ERROR, APPLE, _("the episode has no GUID"), "guid", missing("guid")),
    FeedRule("item-recommended", WARNING, APPLE, _("the episode lacks a tag that Apple recommends"), "",
         missing("pubDate", "description", "link")),
    FeedRule("item-duration", WARNING, APPLE, _("the length of the audio is not known"), "audio_seconds",
         missing("itunes:duration")),
    FeedRule("item-enclosure-length", WARNING, RSS, _("the size of the audio is not known"), "audio_bytes",
         unknown_length),
    FeedRule("item-enclosure-type", ERROR, APPLE, _("the type of the audio is none that apps play"), "audio_type",
         unknown_type),
    FeedRule("item-enclosure-apple", WARNING, APPLE,
         _("Apple Podcasts and Spotify take no audio of this type: give them MP3 or M4A"), "audio_type", open_type),
    FeedRule("item-enclosure-https", WARNING, APPLE, _("the audio is not at an https address"), "audio_url",
         insecure_audio),
    FeedRule("item-date", ERROR, RSS, _("the date is not written as RFC 2822 demands"), "publish_at", wrong_date),
    FeedRule("item-title-length", WARNING, APPLE, _("the title has 255 characters or more and is cut"), "title",
         longer("title", 254)),
    FeedRule("item-description-bytes", ERROR, APPLE, _("the description has more than 4,000 bytes"), "summary",
         long_description),
    FeedRule("item-description-tags", WARNING, APPLE, _("the description has a tag that apps drop"), "summary",
         foreign_tags),
    FeedRule("item-episode-whole", ERROR, APPLE, _("itunes:episode is no whole number above 0"), "number",
         wrong_numbers),
    FeedRule("item-type", ERROR, APPLE, _("itunes:episodeType is none of full, trailer, bonus"), "episode_type",
         not_matching("itunes:episodeType", "full|trailer|bonus")),
    FeedRule("item-explicit", ERROR, APPLE, _("itunes:explicit is neither true nor false"), "is_explicit",
         not_matching("itunes:explicit", "true|false")),
    FeedRule("item-podcast-episode", ERROR, f"{NAMESPACE}/episode.md", _("podcast:episode is no decimal number"),
         "number", not_matching("podcast:episode", r"[0-9]+(\.[0-9]+)?")),
    FeedRule("item-person", WARNING, f"{NAMESPACE}/person.md", _("a person's name has more than 128 characters"),
         "appearances", bare_people),
    FeedRule("item-chapters-first", WARNING, SPOTIFY_CHAPTERS, _("the first chapter does not start at 0:00"),
         "sections", late_chapters),
    FeedRule("item-chapters-few", WARNING, SPOTIFY_CHAPTERS, _("apps show chapters from three on"), "sections",
         few_chapters),
    FeedRule("item-chapters-title", WARNING, SPOTIFY_CHAPTERS,
         _("a chapter's title has more than 40 characters and is cut"), "sections", long_chapters),
    FeedRule("item-ascii", WARNING, APPLE, _("an address is not in ASCII"), "audio_url",
         lambda item: (address for address in addresses(item) if not address.isascii())),
)  # fmt: skip
AUDIO_FIELDS = {"audio_url", "audio_bytes", "audio_type", "audio_seconds"}
