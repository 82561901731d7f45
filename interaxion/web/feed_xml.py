"""Feeds as XML trees, with tags named as in their specifications.

Characters that XML cannot spell are refused when a tag is added, so a finished tree can always be written.
"""

import logging
import re
from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

# Only used to write: nothing is parsed here.
from xml.etree.ElementTree import Element, SubElement, tostring  # nosec B405

__all__ = ["UNSPELLABLE", "Element", "append_each", "group", "tag", "write"]

#: Characters that no XML document can hold, not even escaped. https://www.w3.org/TR/xml/#charsets
UNSPELLABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

logger = logging.getLogger(__name__)


class Addressed(Protocol):
    path: str


Thing = TypeVar("Thing", bound=Addressed)


def tag(parent: Element, name: str, text: str = "", /, **attributes: str) -> None:
    """Add a tag with text and attributes. Empty attributes are left out, and so is a tag without text or attributes.

    Raises ValueError for a character that XML cannot spell.
    """
    text = _spellable(text.strip(), name)
    attributes = {key: value for key, value in attributes.items() if value}
    if text or attributes:
        group(parent, name, **attributes).text = text


def group(parent: Element, name: str, /, **attributes: str) -> Element:
    """Add and return a tag that will hold other tags. Raises ValueError as `tag` does."""
    return SubElement(parent, name, {key: _spellable(value, name) for key, value in attributes.items()})


def append_each(parent: Element, things: Iterable[Thing], make: Callable[[Thing], Element]) -> None:
    """Append `make(thing)` for each thing. One that fails is logged and left out."""
    for thing in things:
        try:
            parent.append(make(thing))
        except Exception:  # One broken thing must not empty the feed.
            logger.exception("%s cannot be written and is left out of the feed", thing.path)


def write(root: Element) -> bytes:
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _spellable(text: str, name: str) -> str:
    if found := UNSPELLABLE.search(text):
        raise ValueError(f"<{name}> would hold U+{ord(found.group()):04X}, which XML cannot spell")
    return text
