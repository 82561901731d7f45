"""The tags of feeds by name, and what is in them. No Django."""

import re
from html import unescape

from interaxion.web.xml_reading import Element

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
#: Some hosts write the address of the namespace with a slash at its end; its first draft had another address.
PODCAST = (
    "{https://podcastindex.org/namespace/1.0}",
    "{https://podcastindex.org/namespace/1.0/}",
    "{https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md}",
)
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
ATOM_LINK = "{http://www.w3.org/2005/Atom}link"
PODLOVE = ("{http://podlove.org/simple-chapters}", "{http://podlove.org/simple-chapters/}")

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)


def podcast(name: str) -> tuple[str, ...]:
    """Return the spellings of a tag of the podcast namespace."""
    return tuple(f"{namespace}{name}" for namespace in PODCAST)


def text_of(parent: Element, *names: str) -> str:
    """Return the text of the first of these tags that has any, stripped."""
    return next((found.strip() for name in names if (found := parent.findtext(name) or "").strip()), "")


def line_of(parent: Element, *names: str) -> str:
    """Return the text of the first of these tags in one line; entities that the host has escaped twice are read."""
    text = text_of(parent, *names)
    return " ".join((unescape(text) if _ENTITY.search(text) else text).split())


def all_of(parent: Element, *names: str) -> list[Element]:
    return [found for name in names for found in parent.findall(name)]


def address_in(tag: Element | None, *names: str) -> str:
    """Return the address in the first of these attributes, or in the text of the tag; "" if it is none of the web."""
    if tag is None:
        return ""
    written = next((value for name in names if (value := tag.get(name, "").strip())), (tag.text or "").strip())
    return written.replace(" ", "%20") if re.match("https?://", written) else ""


def is_true(text: str) -> bool:
    """Whether a host says yes: `true`, `yes`, and `explicit` of old feeds."""
    return text.strip().lower() in {"true", "yes", "explicit", "1"}


def whole_of(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{1,18}", text.strip()) else None
