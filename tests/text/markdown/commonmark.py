"""The examples of the CommonMark specification, and the shape of a page without our additions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from tests.node_tools import MODULES

SPEC = MODULES / "commonmark-spec" / "spec.txt"
_EXAMPLE = re.compile(
    r"^`{32} example\n(?P<source>.*?)^\.\n(?P<html>.*?)^`{32}$|^#{1,6} +(?P<section>[^\n]+)$", re.M | re.S
)
#: Attributes that we add on purpose: classes, scrolling boxes, ids, and how links and pictures are loaded.
_OURS = {"class", "id", "tabindex", "role", "aria-label", "data-language", "rel", "loading"}
_VOID = {"br", "hr", "img"}


@dataclass(frozen=True)
class Example:
    number: int
    section: str
    source: str
    html: str


def read_examples() -> Iterator[Example]:
    number, section = 0, ""
    for found in _EXAMPLE.finditer(SPEC.read_text(encoding="utf-8")):
        if found["section"]:
            section = found["section"]
            continue
        number += 1
        source, html = (found[part].replace("→", "\t") for part in ("source", "html"))
        yield Example(number, section, source, html)


class _Shape(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[object] = []
        self.verbatim = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = sorted((name, value) for name, value in attrs if name not in _OURS)
        if tag == "span" and not kept:
            return  # highlighted code, an anchor
        self.parts.append((tag, *kept))
        self.verbatim += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag != "span" and tag not in _VOID:
            self.parts.append("/" + tag)
        self.verbatim -= tag == "pre"

    def handle_data(self, data: str) -> None:
        text = data if self.verbatim else re.sub(r"\s+", " ", data)
        if self.parts and isinstance(self.parts[-1], list):
            self.parts[-1][0] += text
        elif text.strip():
            self.parts.append([text])


def shape_of(html: str) -> list[object]:
    """Return the tags, texts and meaningful attributes, without the white space between blocks."""
    reader = _Shape()
    reader.feed(html)
    reader.close()
    return [part[0].strip() if isinstance(part, list) else part for part in reader.parts]
