"""The parser of the notes' HTML: it collects sections and their items, each line as it was read.

The HTML of the page is read, not the Markdown: in it all ways to write a link have become one.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from episodes.short_notes.outline.pieces import ItemKind, OutlineLink

_HEADING = re.compile("h[1-6]")
_DURATION = re.compile(r"PT(\d+)S")
_BLOCKS = frozenset({
    "blockquote", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer", "hr", "li",
    "ol", "p", "pre", "section", "summary", "table", "tr", "ul",
})  # fmt: skip
_VOID = frozenset({"br", "hr", "img", "input", "wbr"})
_HIDDEN_TAGS = frozenset({"math", "svg"})
_HIDDEN_CLASSES = frozenset({"footnote-ref", "footnote-backref", "time"})


@dataclass
class ParsedItem:
    kind: ItemKind
    depth: int  # in lists
    lines: list[list[str | OutlineLink]] = field(default_factory=lambda: [[]])
    footnotes: list[str] = field(default_factory=list)  # the ids of the footnotes that it refers to


@dataclass
class ParsedSection:
    heading: str = ""
    starts_at: int | None = None  # seconds
    items: list[ParsedItem] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)  # the ids of the footnotes that its heading refers to


@dataclass
class _OpenTag:
    name: str
    css: str
    id: str
    has_item: bool = False

    @property
    def is_hidden(self) -> bool:
        return self.name in _HIDDEN_TAGS or self.css in _HIDDEN_CLASSES


class NotesParser(HTMLParser):
    """After `feed()` and `close()`, `sections` holds what was read, and `footnotes` the items of each by its id."""

    def __init__(self, page_url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.sections = [ParsedSection()]
        self.footnotes: dict[str, list[ParsedItem]] = {}
        self._page_url = page_url
        self._tags: list[_OpenTag] = []
        self._item: ParsedItem | None = None
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
            self.sections.append(ParsedSection())
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
        text = one_line("".join(parts))
        if text and urlsplit(url).scheme in ("http", "https", "mailto"):
            self._open_item().lines[-1].append(OutlineLink(url, text))
        elif text and not self._in_heading:
            self._open_item().lines[-1].append(text)

    def _open_item(self) -> ParsedItem:
        if self._item is None:
            depth = sum(tag.name in ("ul", "ol") for tag in self._tags)
            self._item = ParsedItem(self._kind(), depth)
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


def one_line(text: str) -> str:
    return " ".join(text.split())
