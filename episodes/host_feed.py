"""The feed of the host that an episode's audio is at, as plain data. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from email.utils import parsedate_to_datetime
from uuid import UUID

from interaxion.content.syndication.xml_reading import Element, XmlRefused, read_xml
from interaxion.content.times import parse_time

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
#: Some hosts write the address of the namespace with a slash at its end.
PODCAST = ("{https://podcastindex.org/namespace/1.0}", "{https://podcastindex.org/namespace/1.0/}")
ATOM_LINK = "{http://www.w3.org/2005/Atom}link"
LONGEST_GUID = 255
LONGEST_URL = 500

#: `57: …`, `19.5. …`, `#57 …`, `Ep. 57 …`, `第57回 …`; not the 10 of `10 questions`.
_NUMBER = re.compile(
    r"(?P<prefix>ep(?:isode)?\.?|\#|第|no\.?)?\s*(?P<number>\d{1,5}(?:\.\d{1,2})?)(?:回|話)?"
    r"(?:\s*[:.\-–—|、。]\s*|(?(prefix)(?:\s+|$)|$))",
    re.IGNORECASE,
)
AUDIO_TYPES = {
    "audio/mpeg": "audio/mpeg",
    "audio/mp3": "audio/mpeg",
    "audio/mp4": "audio/mp4",
    "audio/m4a": "audio/mp4",
    "audio/x-m4a": "audio/mp4",
}


@dataclass(frozen=True)
class HostItem:
    """What the host says of one episode; what it does not say, or says in no form that we know, is None or empty."""

    guid: str
    title: str
    number: Decimal | None = None
    audio_url: str = ""
    audio_bytes: int | None = None
    audio_type: str = ""
    audio_seconds: int | None = None
    publish_at: datetime | None = None

    @property
    def bare_title(self) -> str:
        return fold_title(self.title)


@dataclass(frozen=True)
class HostFeed:
    address: str  # its own, if it says so
    guid: UUID | None  # the show's
    items: tuple[HostItem, ...]


def read_host_feed(data: bytes) -> HostFeed:
    """Raises XmlRefused for what is no RSS feed with items."""
    root = read_xml(data)
    channel = root.find("channel")
    if root.tag != "rss" or channel is None:
        raise XmlRefused("it is no RSS feed")
    links = [link.get("href", "") for link in channel.findall(ATOM_LINK) if link.get("rel") == "self"]
    guid = _text(channel, *(f"{namespace}guid" for namespace in PODCAST))
    return HostFeed(
        links[0] if links else "",
        UUID(guid) if re.fullmatch("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", guid) else None,
        tuple(_item(item) for item in channel.findall("item")),
    )


def fold_title(title: str) -> str:
    """What two spellings of one title share: letters and digits without the number in front, NFKC, no case."""
    title = unicodedata.normalize("NFKC", title).casefold().strip()
    found = _NUMBER.match(title)
    rest = title[found.end() :] if found else title
    return re.sub(r"[\W_]+", "", rest or title)


def _item(item: Element) -> HostItem:
    enclosure = item.find("enclosure")
    audio = enclosure.attrib if enclosure is not None else {}
    url = audio.get("url", "").strip()
    return HostItem(
        guid=_text(item, "guid"),
        title=_text(item, "title"),
        number=_number(item),
        audio_url=url if url.startswith("https://") and len(url) <= LONGEST_URL else "",
        audio_bytes=_whole(audio.get("length", "")) or None,
        audio_type=AUDIO_TYPES.get(audio.get("type", "").strip().lower(), ""),
        audio_seconds=_seconds(_text(item, f"{ITUNES}duration")),
        publish_at=_date(_text(item, "pubDate")),
    )


def _number(item: Element) -> Decimal | None:
    """The decimal number where the feed has one, else the number in front of the title, else Apple's whole one.

    19.5 is a bonus of 19 for Apple: its whole number alone would be that of another episode.
    """
    spelled = _text(item, *(f"{namespace}episode" for namespace in PODCAST))
    try:
        if spelled:
            number = Decimal(spelled)
            return number if number.is_finite() else None
    except InvalidOperation:
        pass
    if found := _NUMBER.match(unicodedata.normalize("NFKC", _text(item, "title"))):
        return Decimal(found["number"])
    whole = _whole(_text(item, f"{ITUNES}episode"))
    is_bonus = _text(item, f"{ITUNES}episodeType") in {"bonus", "trailer"}
    return Decimal(whole) if whole is not None and not is_bonus else None


def _seconds(text: str) -> int | None:
    """`3723`, `3723.4`, `62:03` or `1:02:03`."""
    if re.fullmatch(r"[0-9]{1,6}(\.[0-9]+)?", text):
        return round(float(text)) or None
    return parse_time(text.partition(".")[0]) or None


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{1,18}", text.strip()) else None


def _text(parent: Element, *names: str) -> str:
    """The text of the first of these tags that has one, without space around it."""
    return next((found.strip() for name in names if (found := parent.findtext(name) or "").strip()), "")
