"""Finders: the functions that the rules of feeds consist of. Each yields the faults in a channel or an item."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime

from episodes.feed.categories import CATEGORIES
from interaxion.web.xml_reading import Element

#: The prefixes that the rules use for tags, whatever prefixes a document has.
NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "atom": "http://www.w3.org/2005/Atom",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
}
#: Tags whose addresses are links, not files.
NOT_FETCHED = {"item", "{http://www.w3.org/2005/Atom}link", "{http://podlove.org/simple-chapters}chapter"}
#: What Apple takes, and what some apps play besides.
APPLE_TYPES = {"audio/mpeg", "audio/mp4", "audio/x-m4a", "video/mp4", "video/quicktime"}
OPEN_TYPES = {"audio/aac", "audio/opus", "audio/ogg", "audio/flac", "audio/wav", "video/webm"}
DESCRIPTION_TAGS = {"p", "ol", "ul", "li", "a", "br"}
MOST_BYTES = 4000


def find_all(parent: Element, path: str) -> list[Element]:
    return parent.findall(path, NAMESPACES)


def read_text(parent: Element, path: str) -> str:
    return (parent.findtext(path, "", NAMESPACES) or "").strip()


def missing(*names: str) -> Callable[[Element], Iterator[str]]:
    def find(parent: Element) -> Iterator[str]:
        for name in names:
            tag = parent.find(name, NAMESPACES)
            if tag is None or not ((tag.text or "").strip() or tag.attrib or len(tag)):
                yield f"<{name}>"

    return find


def not_matching(name: str, pattern: str) -> Callable[[Element], Iterator[str]]:
    def find(parent: Element) -> Iterator[str]:
        return (tag.text or "" for tag in find_all(parent, name) if not re.fullmatch(pattern, tag.text or ""))

    return find


def longer(name: str, most: int) -> Callable[[Element], Iterator[str]]:
    def find(parent: Element) -> Iterator[str]:
        return (tag.text[:60] for tag in find_all(parent, name) if tag.text and len(tag.text) > most)

    return find


def addresses(parent: Element) -> Iterator[str]:
    """Yield the addresses of audio, pictures and files, which apps fetch."""
    for tag in parent.iter():
        if tag.tag not in NOT_FETCHED:
            yield from (value for name, value in tag.attrib.items() if name in {"url", "href", "img"})


def own_addresses(channel: Element) -> Iterator[str]:
    return (address for tag in channel if tag.tag != "item" for address in addresses(tag))


def long_description(parent: Element) -> Iterator[str]:
    size = len(read_text(parent, "description").encode())
    if size > MOST_BYTES:
        yield f"{size} bytes"


def foreign_tags(item: Element) -> Iterator[str]:
    used = set(re.findall(r"<\s*([a-zA-Z0-9]+)", read_text(item, "description")))
    yield from sorted(tag for tag in map(str.lower, used) if tag not in DESCRIPTION_TAGS)


def unknown_categories(channel: Element) -> Iterator[str]:
    for category in find_all(channel, "itunes:category"):
        name = category.get("text", "")
        names = [f"{name} > {inner.get('text', '')}" for inner in find_all(category, "itunes:category")]
        yield from (spelled for spelled in [name, *names] if spelled not in CATEGORIES)


def repeated(read: Callable[[Element], str]) -> Callable[[Element], Iterator[str]]:
    def find(channel: Element) -> Iterator[str]:
        counts = Counter(value for item in channel.findall("item") if (value := read(item)))
        return (value for value, count in counts.items() if count > 1)

    return find


def enclosure(item: Element, name: str) -> str:
    tag = item.find("enclosure")
    return tag.get(name, "") if tag is not None else ""


def unknown_length(item: Element) -> Iterator[str]:
    if item.find("enclosure") is not None and not re.fullmatch("[1-9][0-9]*", enclosure(item, "length")):
        yield enclosure(item, "length")


def unknown_type(item: Element) -> Iterator[str]:
    if item.find("enclosure") is not None and enclosure(item, "type") not in APPLE_TYPES | OPEN_TYPES:
        yield enclosure(item, "type")


def open_type(item: Element) -> Iterator[str]:
    if enclosure(item, "type") in OPEN_TYPES:
        yield enclosure(item, "type")


def insecure_audio(item: Element) -> Iterator[str]:
    if (url := enclosure(item, "url")) and not url.startswith("https://"):
        yield url


def wrong_date(item: Element) -> Iterator[str]:
    for tag in item.findall("pubDate"):
        try:
            parsedate_to_datetime(tag.text or "")
        except (TypeError, ValueError, IndexError):
            yield tag.text or ""


def chapters_of(item: Element) -> list[Element]:
    return find_all(item, "psc:chapters/psc:chapter")


def few_chapters(item: Element) -> Iterator[str]:
    if 0 < len(chapters_of(item)) < 3:
        yield str(len(chapters_of(item)))


def late_chapters(item: Element) -> Iterator[str]:
    if (chapters := chapters_of(item)) and not re.fullmatch(r"0?0:00(:00)?(\.0+)?", chapters[0].get("start", "")):
        yield chapters[0].get("start", "")


def long_chapters(item: Element) -> Iterator[str]:
    return (title for chapter in chapters_of(item) if len(title := chapter.get("title", "")) > 40)


def bare_people(parent: Element) -> Iterator[str]:
    return (p.text or "" for p in find_all(parent, "podcast:person") if not 0 < len((p.text or "").strip()) <= 128)


def wrong_numbers(item: Element) -> Iterator[str]:
    numbers = (tag.text or "" for tag in find_all(item, "itunes:episode"))
    return (number for number in numbers if not re.fullmatch("[1-9][0-9]*", number))


def wrong_artwork(channel: Element) -> Iterator[str]:
    for image in find_all(channel, "podcast:image"):
        width, shape = image.get("width", ""), image.get("aspect-ratio", "1/1")
        is_right = 1400 <= int(width) <= 3000 and shape == "1/1" if width.isdecimal() else not width
        if image.get("purpose") == "artwork" and not is_right:
            yield f"{width}, {shape}"
