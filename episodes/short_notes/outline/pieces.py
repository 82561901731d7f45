"""The pieces of an outline: links, lines, items and sections."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

ItemKind = Literal["item", "paragraph", "quotation", "embed"]


@dataclass(frozen=True)
class OutlineLink:
    url: str  # absolute
    text: str


#: Runs of text and links, as they follow each other.
Line = Sequence[str | OutlineLink]


@dataclass(frozen=True)
class OutlineItem:
    """A list item, a paragraph, a quotation or an embed, as lines of text and links."""

    kind: ItemKind
    depth: int  # 1 in a list, 2 in a list within a list
    lines: tuple[Line, ...]

    @property
    def joined(self) -> Line:
        """All lines as one, with a space between them."""
        return [piece for line in self.lines for piece in (" ", *line)][1:]

    @property
    def text(self) -> str:
        return line_text(self.joined)


@dataclass(frozen=True)
class OutlineSection:
    heading: str
    starts_at: int | None  # seconds
    items: tuple[OutlineItem, ...]
    is_announcements: bool = False  # the section that every episode repeats


def links_of(line: Line) -> list[OutlineLink]:
    return [piece for piece in line if isinstance(piece, OutlineLink)]


def line_text(line: Line) -> str:
    return "".join(piece.text if isinstance(piece, OutlineLink) else piece for piece in line)


def columns(text: str) -> int:
    """Return the width of a text: 2 columns for each kanji and other wide character, 1 for each letter (UAX #11)."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
