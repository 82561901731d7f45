"""Feeds as XML trees, with tags named as in their specifications.

Characters that XML cannot spell are refused when a tag is added, so a finished tree can always be written.
"""

import re
from collections.abc import Iterable, Mapping

# Only used to write: nothing is parsed here.
from xml.etree.ElementTree import Element, SubElement, tostring  # nosec B405

__all__ = ["UNSPELLABLE", "Element", "group", "qualify", "spell", "tag", "write", "write_around"]

#: Characters that no XML document can hold, not even escaped. https://www.w3.org/TR/xml/#charsets
UNSPELLABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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


def qualify(element: Element, namespaces: Mapping[str, str]) -> Element:
    """Put its namespace in the place of the prefix of each tag, as in a tree that was read. Return the element."""
    for each in element.iter():
        prefix, colon, name = each.tag.partition(":")
        if colon:
            each.tag = f"{{{namespaces[prefix]}}}{name}"
    return element


def spell(element: Element) -> str:
    """Return an element as text, for `write_around()`."""
    return tostring(element, encoding="unicode")


def write(root: Element) -> bytes:
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def write_around(root: Element, items: Iterable[str], *, parent: Element) -> bytes:
    """Return the document with spelled elements at the end of `parent`, which is the root or its last child."""
    beginning, end, rest = write(root).rpartition(f"</{parent.tag}>".encode())
    return b"".join([beginning, "".join(items).encode(), end, rest])


def _spellable(text: str, name: str) -> str:
    if found := UNSPELLABLE.search(text):
        raise ValueError(f"<{name}> would hold U+{ord(found.group()):04X}, which XML cannot spell")
    return text
