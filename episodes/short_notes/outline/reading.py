"""The notes as short notes see them: headings, and under each its items with their links. Pure.

Read from the HTML of the page, in which all the ways to write a link have become one.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Literal
from urllib.parse import urljoin, urlsplit

ItemKind = Literal["item", "paragraph", "quotation", "embed"]

_ANNOUNCEMENTS = re.compile("お知らせ|おしらせ|告知|announcement", re.IGNORECASE)
_HEADING = re.compile("h[1-6]")
_DURATION = re.compile(r"PT(\d+)S")
_BLOCKS = frozenset({
    "blockquote", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer", "hr", "li",
    "ol", "p", "pre", "section", "summary", "table", "tr", "ul",
})  # fmt: skip
_VOID = frozenset({"br", "hr", "img", "input", "wbr"})
_HIDDEN_TAGS = frozenset({"math", "svg"})
_HIDDEN_CLASSES = frozenset({"footnote-ref", "footnote-backref", "time"})


@dataclass(frozen=True)
class OutlineLink:
    url: str  # absolute
    text: str


Line = Sequence[str | OutlineLink]


@dataclass(frozen=True)
class OutlineItem:
    """A list item, a paragraph and the like, as lines of text and links."""

    kind: ItemKind
    depth: int  # 1 in a list, 2 in a list within a list
    lines: tuple[Line, ...]

    @property
    def joined(self) -> Line:
        """Its lines as one."""
        return [piece for line in self.lines for piece in (" ", *line)][1:]

    @property
    def text(self) -> str:
        return text_of(self.joined)


@dataclass(frozen=True)
class OutlineSection:
    heading: str
    starts_at: int | None  # seconds
    items: tuple[OutlineItem, ...]
    is_announcements: bool = False  # those that come with every episode


def read_sections(html: str, page_url: str, announcements: Collection[str] = ()) -> list[OutlineSection]:
    """The sections of rendered notes; the first one alone has no heading and holds what stands before all others.

    A heading that says nothing, neither words nor a time, begins no section. A footnote stands right behind the item
    that first refers to it.
    `announcements` are the headings of those that come with every episode; without any they are known by their words.
    """
    reader = _Reader(page_url)
    reader.feed(html)
    reader.close()
    for each in reader.sections:
        each.items = list(_with_footnotes(each, reader.footnotes))
    first, *others = reader.sections
    sections = [first]
    for section in others:
        if _one_line(section.heading) or section.starts_at is not None:
            sections.append(section)
        else:
            sections[-1].items += section.items
    return [section.freeze(announcements) for section in sections]


@dataclass
class _OpenTag:
    name: str
    css: str
    id: str
    has_item: bool = False

    @property
    def is_hidden(self) -> bool:
        return self.name in _HIDDEN_TAGS or self.css in _HIDDEN_CLASSES


@dataclass
class _OpenItem:
    kind: ItemKind
    depth: int
    lines: list[list[str | OutlineLink]] = field(default_factory=lambda: [[]])
    footnotes: list[str] = field(default_factory=list)  # the ids of those it refers to

    def freeze(self) -> OutlineItem:
        lines = (tuple(_tidy(line)) for line in self.lines)
        return OutlineItem(self.kind, self.depth, tuple(line for line in lines if line))


@dataclass
class _OpenSection:
    heading: str = ""
    starts_at: int | None = None
    items: list[_OpenItem] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)  # the ids of those its heading refers to

    def freeze(self, announcements: Collection[str]) -> OutlineSection:
        heading = _one_line(self.heading)
        items = (item.freeze() for item in self.items)
        announces = heading in announcements if announcements else bool(_ANNOUNCEMENTS.search(heading))
        return OutlineSection(heading, self.starts_at, tuple(item for item in items if item.lines), announces)


class _Reader(HTMLParser):
    def __init__(self, page_url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.sections = [_OpenSection()]
        self.footnotes: dict[str, list[_OpenItem]] = {}
        self._page_url = page_url
        self._tags: list[_OpenTag] = []
        self._item: _OpenItem | None = None
        self._link: tuple[str, list[str]] | None = None
        self._in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "math":
            # The formula as it was written reads better than its pieces in a row.
            self.handle_data(attributes.get("alttext", ""))
        if tag not in _VOID:
            self._tags.append(_OpenTag(tag, attributes.get("class", ""), attributes.get("id", "")))
        if _HEADING.fullmatch(tag):
            self._item, self._in_heading = None, True
            self.sections.append(_OpenSection())
        elif tag in _BLOCKS:
            self._item = None
        elif tag == "br":
            self._break_line()
        elif tag == "time" and self._in_heading and (found := _DURATION.fullmatch(attributes.get("datetime", ""))):
            self.sections[-1].starts_at = int(found[1])
        elif tag == "a" and any(opened.css == "footnote-ref" for opened in self._tags):
            referring = self.sections[-1] if self._in_heading else self._open_item()
            referring.footnotes.append(attributes.get("href", "").removeprefix("#"))
        elif tag == "a" and "href" in attributes and not self._is_hidden():
            self._link = urljoin(self._page_url, attributes["href"]), []

    def handle_endtag(self, tag: str) -> None:
        if all(opened.name != tag for opened in self._tags):
            return
        if tag == "a" and self._link:
            self._end_link(*self._link)
        while self._tags.pop().name != tag:
            pass
        if _HEADING.fullmatch(tag):
            self._item, self._in_heading = None, False
        elif tag in _BLOCKS:
            self._item = None

    def handle_data(self, data: str) -> None:
        if self._is_hidden():
            return
        if self._in_heading:
            self.sections[-1].heading += data
        if self._link:
            self._link[1].append(data)
        elif not self._in_heading and (self._item or data.strip()):
            self._open_item().lines[-1].append(data)

    def _is_hidden(self) -> bool:
        return any(tag.is_hidden for tag in self._tags)

    def _break_line(self) -> None:
        if self._in_heading:
            self.sections[-1].heading += " "
        if self._link:
            self._link[1].append(" ")
        elif self._item:
            self._item.lines.append([])

    def _end_link(self, url: str, parts: list[str]) -> None:
        self._link = None
        text = _one_line("".join(parts))
        if text and urlsplit(url).scheme in ("http", "https", "mailto"):
            self._open_item().lines[-1].append(OutlineLink(url, text))
        elif text and not self._in_heading:
            self._open_item().lines[-1].append(text)

    def _open_item(self) -> _OpenItem:
        if self._item is None:
            depth = sum(tag.name in ("ul", "ol") for tag in self._tags)
            self._item = _OpenItem(self._kind(), depth)
            footnote = next((tag.id for tag in self._tags if tag.css == "footnote-item"), None)
            items = self.sections[-1].items if footnote is None else self.footnotes.setdefault(footnote, [])
            items.append(self._item)
        return self._item

    def _kind(self) -> ItemKind:
        if any(tag.name == "blockquote" for tag in self._tags):
            return "quotation"
        if any(tag.css == "embed" for tag in self._tags):
            return "embed"
        if any(tag.css == "footnote-item" for tag in self._tags):
            return "paragraph"
        entry = next((tag for tag in reversed(self._tags) if tag.name == "li"), None)
        if entry is None or entry.has_item:
            return "paragraph"
        entry.has_item = True
        return "item"


def _with_footnotes(referring: _OpenSection | _OpenItem, footnotes: dict[str, list[_OpenItem]]) -> Iterator[_OpenItem]:
    """What stands under a heading or behind an item, each footnote behind what refers to it; takes those it places."""
    for footnote in referring.footnotes:
        for item in footnotes.pop(footnote, []):
            yield item
            yield from _with_footnotes(item, footnotes)
    if isinstance(referring, _OpenSection):
        for item in referring.items:
            yield item
            yield from _with_footnotes(item, footnotes)


def links_of(line: Line) -> list[OutlineLink]:
    return [piece for piece in line if isinstance(piece, OutlineLink)]


def text_of(line: Line) -> str:
    return "".join(piece.text if isinstance(piece, OutlineLink) else piece for piece in line)


def _tidy(line: list[str | OutlineLink]) -> list[str | OutlineLink]:
    """Runs of text joined and stripped at the line's ends."""
    pieces: list[str | OutlineLink] = []
    for piece in line:
        if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    spaced = [re.sub(r"\s+", " ", piece) if isinstance(piece, str) else piece for piece in pieces]
    if spaced and isinstance(spaced[0], str):
        spaced[0] = spaced[0].lstrip()
    if spaced and isinstance(spaced[-1], str):
        spaced[-1] = spaced[-1].rstrip()
    return [piece for piece in spaced if piece]


def _one_line(text: str) -> str:
    return " ".join(text.split())
