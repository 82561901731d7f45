"""Reading the feed of the host that has the audio now, as plain data. No Django."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from episodes.host_feed.details import ItemDetails, read_details
from episodes.host_feed.mending import mend
from episodes.host_feed.show import HostShow, read_show
from episodes.host_feed.tags import ATOM_LINK, ITUNES, podcast, text_of, whole_of
from episodes.host_feed.times import read_date, read_seconds
from episodes.host_feed.titles import HostTitle, read_title
from interaxion.content.reasons import spell_reason
from interaxion.text.source_errors import Note, gettext_noop
from interaxion.web.xml_reading import Element, XmlRefused, read_xml

LONGEST_GUID = 255
LONGEST_URL = 2000

AUDIO_TYPES = {
    "audio/mpeg": "audio/mpeg",
    "audio/mp3": "audio/mpeg",
    "audio/x-mp3": "audio/mpeg",
    "audio/mpeg3": "audio/mpeg",
    "audio/x-mpeg": "audio/mpeg",
    "audio/mpg": "audio/mpeg",
    "audio/mp4": "audio/mp4",
    "audio/m4a": "audio/mp4",
    "audio/x-m4a": "audio/mp4",
    "audio/m4b": "audio/mp4",
    "audio/x-m4b": "audio/mp4",
    "audio/aac": "audio/aac",
    "audio/x-aac": "audio/aac",
    "audio/aacp": "audio/aac",
    "audio/opus": "audio/opus",
    "audio/ogg": "audio/ogg",
    "audio/x-ogg": "audio/ogg",
    "audio/vorbis": "audio/ogg",
    "application/ogg": "audio/ogg",
    "audio/flac": "audio/flac",
    "audio/x-flac": "audio/flac",
    "audio/wav": "audio/wav",
    "audio/x-wav": "audio/wav",
    "video/mp4": "video/mp4",
    "video/m4v": "video/mp4",
    "video/x-m4v": "video/mp4",
    "video/quicktime": "video/quicktime",
    "video/webm": "video/webm",
}
#: Encodings of Japanese hosts that our XML parser does not know; cp932, the form of Windows, includes Shift_JIS.
_JAPANESE = {"shift_jis": "cp932", "windows-31j": "cp932", "cp932": "cp932", "euc-jp": "euc_jp"}
_DECLARATION = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9_.-]+)["'][^>]*\?>""")
_PAGE = re.compile(rb"<!doctype\s+html|<html", re.IGNORECASE)


@dataclass(frozen=True)
class HostItem:
    """One episode as the host describes it. A field is None or "" if it is missing or in a form that we do not know."""

    guid: str  # if there is none, the address of the audio, as in apps
    title: str
    season: int | None = None
    #: From a tag, which many hosts fill by counting; the number in the title is another one.
    tagged_number: Decimal | None = None
    audio_url: str = ""
    audio_bytes: int | None = None
    audio_type: str = ""
    audio_seconds: int | None = None
    publish_at: datetime | None = None
    #: What the host says but cannot be taken.
    notes: tuple[Note, ...] = field(default=(), compare=False)
    details: ItemDetails = field(default=ItemDetails(), compare=False)

    @property
    def read_title(self) -> HostTitle:
        return read_title(self.title)


@dataclass(frozen=True)
class HostFeed:
    address: str  # of the feed itself; "" if it does not say
    guid: UUID | None  # the show's
    items: tuple[HostItem, ...]
    show: HostShow = HostShow()
    notes: tuple[Note, ...] = ()


class NoFeed(XmlRefused):
    """It is something else than RSS, such as a page or an Atom feed."""


def read_host_feed(data: bytes) -> HostFeed:
    """Read an RSS feed. Raises XmlRefused for anything else. XML that can be mended is, with a note."""
    data, notes = _as_utf8(data.lstrip(b"\xef\xbb\xbf \t\r\n")), []
    if _PAGE.match(data):
        raise NoFeed("it is no RSS feed")
    try:
        root = read_xml(data)
    except XmlRefused as problem:
        mended = mend(data)
        if mended == data:
            raise
        root = read_xml(mended)
        message = gettext_noop("the feed is read although %(problem)s: tell its host")
        notes.append(Note(1, message, {"problem": spell_reason(problem)}))
    channel = root.find("channel")
    if root.tag != "rss" or channel is None:
        raise NoFeed("it is no RSS feed")
    links = [link.get("href", "") for link in channel.findall(ATOM_LINK) if link.get("rel") == "self"]
    guid = text_of(channel, *podcast("guid"))
    return HostFeed(
        links[0] if links else "",
        UUID(guid) if re.fullmatch("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", guid) else None,
        tuple(_item(item) for item in channel.findall("item")),
        read_show(channel),
        tuple(notes),
    )


def distinct(items: Iterable[HostItem]) -> list[HostItem]:
    """Return the items, each with a GUID of its own.

    The oldest of those with one GUID keeps it, for apps know it by that; the others are known by their audio, as an
    item without a GUID is. Items that are the same in all that we take are one.
    """
    once = list(dict.fromkeys(items))
    holders: dict[str, HostItem] = {}
    for item in sorted(once, key=lambda item: (item.publish_at is None, item.publish_at or 0)):
        holders.setdefault(item.guid, item)
    message = gettext_noop("its GUID “%(guid)s” is that of “%(title)s”, too: it is known by the address of its audio")
    return [
        item
        if not item.guid or holders[item.guid] is item
        else replace(
            item,
            guid=item.audio_url if item.audio_url not in holders else "",
            notes=(*item.notes, Note(1, message, {"guid": item.guid, "title": holders[item.guid].title})),
        )
        for item in once
    ]


def secure(item: HostItem, answers: Callable[[str], bool]) -> HostItem:
    """Return the item with audio at https: an http address becomes https if `answers` says that this works."""
    if not item.audio_url.startswith("http://"):
        return item
    url = "https" + item.audio_url.removeprefix("http")
    if len(url) <= LONGEST_URL and answers(url):
        message = gettext_noop("the audio is at %(url)s in the feed; it is taken from https, which answers, too")
        return replace(item, audio_url=url, notes=(*item.notes, Note(1, message, {"url": item.audio_url})))
    message = gettext_noop("the audio at %(url)s is not taken: https does not answer there; upload it, or ask the host")
    return replace(item, audio_url="", notes=(*item.notes, Note(1, message, {"url": item.audio_url})))


def _as_utf8(data: bytes) -> bytes:
    declared = _DECLARATION.match(data)
    encoding = _JAPANESE.get(declared[1].decode().lower()) if declared else None
    if declared is None or encoding is None:
        return data
    try:
        return data[declared.end() :].decode(encoding).encode()
    except UnicodeDecodeError as problem:
        message = gettext_noop("it is not written in %(encoding)s, as it says: %(problem)s")
        raise XmlRefused(message, encoding=declared[1].decode(), problem=problem) from problem


def _item(item: Element) -> HostItem:
    enclosure = item.find("enclosure")
    audio = enclosure.attrib if enclosure is not None else {}
    url = audio.get("url", "").strip().replace(" ", "%20")  # as browsers read it
    written = {
        "date": text_of(item, "pubDate"),
        "length": text_of(item, f"{ITUNES}duration"),
        "type": audio.get("type", "").strip(),
        "url": url,
    }
    is_taken = re.match("https?://", url) and len(url) <= LONGEST_URL
    read = HostItem(
        guid=text_of(item, "guid") or url,
        title=text_of(item, "title"),
        season=whole_of(text_of(item, f"{ITUNES}season", *podcast("season"))),
        tagged_number=_tagged_number(item),
        audio_url=url if is_taken else "",
        audio_bytes=whole_of(audio.get("length", "")) or None,
        audio_type=AUDIO_TYPES.get(written["type"].lower().partition(";")[0].strip(), ""),
        audio_seconds=read_seconds(written["length"]),
        publish_at=read_date(written["date"]),
        details=read_details(item),
    )
    return replace(read, notes=tuple(Note(1, message, written) for message in _not_taken(read, written)))


def _not_taken(item: HostItem, written: dict[str, str]) -> Iterator[str]:
    """Yield a message for each thing that is `written` in the feed and cannot be taken."""
    if written["date"] and item.publish_at is None:
        yield gettext_noop("the date “%(date)s” is not taken: it is in no form or zone that we know")
    if not re.fullmatch("[0:.]*", written["length"]) and item.audio_seconds is None:
        yield gettext_noop("the length “%(length)s” is not taken: it is in no form that we know")
    if not written["url"]:
        yield gettext_noop("the item has no audio")
    elif len(written["url"]) > LONGEST_URL:
        yield gettext_noop("the address of the audio is not taken: it has more than 2,000 characters")
    elif not item.audio_url:
        yield gettext_noop("the audio at “%(url)s” is not taken: that is no address of the web")
    if written["url"] and written["type"] and not item.audio_type:
        yield gettext_noop("the type “%(type)s” of the audio is not taken: no app plays it; look at what it is")


def _tagged_number(item: Element) -> Decimal | None:
    """Return the decimal number of the podcast namespace, else Apple's whole number.

    Apple's number of a bonus is not used: 19.5 is a bonus of 19 there, and 19 is another episode.
    """
    spelled = text_of(item, *podcast("episode"))
    if re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,2})?", spelled):
        return Decimal(spelled)
    whole = whole_of(text_of(item, f"{ITUNES}episode"))
    is_bonus = text_of(item, f"{ITUNES}episodeType") in {"bonus", "trailer"}
    return Decimal(whole) if whole is not None and not is_bonus else None
