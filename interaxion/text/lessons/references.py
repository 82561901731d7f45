"""The entries of the lists of references in a chapter, with the identifiers that they state."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from interaxion.text.addresses import identify
from interaxion.text.citations import title_in, year_in
from interaxion.text.lessons.sections import Section, regions
from interaxion.text.lessons.tags import Element, outermost, text_in

_HREF = re.compile(r'<a\b[^>]*\shref="([^"]*)"')
_START = re.compile(r'<ol\b[^>]*\sstart="(\d+)"')
_LIST = re.compile(r"<(?:ol|ul)\b|<hr>")
_NAMED = {
    "doi": re.compile(r"\bdoi\s*[:：]?\s*(10\.\d{4,9}/[^\s\[\]<>]+[^\s\[\]<>.,;)）])", re.IGNORECASE),
    "arxiv": re.compile(r"\barxiv\s*[:：]\s*(\d{4}\.\d{4,5}|[a-z-]+/\d{7})", re.IGNORECASE),
    "isbn": re.compile(r"\bISBN(?:-1[03])?\s*[:：]?\s*((?:97[89][- ]?)?\d[\d -]{8,14}[\dX])"),
}
#: The links from an entry to where it is cited, which are no part of it.
_WAY_BACK = re.compile(r' <a class="citation-back".*?</a>')
#: What an author writes beside an identifier that is made up, such as `[注: 仮想DOI]`.
_UNVERIFIED = re.compile(
    r"(?:仮想|架空|ダミー|仮の?)\s*の?\s*(?:DOI|文献|論文)|(?:DOI|文献).{0,4}(?:未確認|架空|仮想)|未確認"
    r"|(?:virtual|fictional|fictitious|hypothetical|placeholder|dummy|unverified)\s+(?:DOI|reference)|\bunverified\b",
    re.IGNORECASE,
)
#: A subsection below a list of references that is none.
_NO_LIST = re.compile(
    r"[\W\d_]*(?:次|前|ナビ|目次|next|previous|navigation|license|ライセンス|著者|author)", re.IGNORECASE
)


#: The highest number of a reference that can be cited.
MOST = 999


@dataclass(frozen=True)
class Reference:
    """An entry of a list. `number` is that before it, None in a list with bullets; `group`: the heading above it."""

    number: int | None
    group: str
    html: str
    text: str
    doi: str = ""
    arxiv: str = ""
    isbn: str = ""
    url: str = ""
    title: str = ""
    year: str = ""
    #: Whether the author says that its identifier is made up: then it leads nowhere, and is no work.
    is_unverified: bool = False


@dataclass(frozen=True)
class Entry:
    """The place of an entry in the HTML of a chapter."""

    item: Element
    number: int | None
    group: str


def find_references(html: str, sections: Sequence[Section]) -> list[Reference]:
    """Return the entries of all lists of references of a chapter, in order."""
    return [_read(entry, html) for entry in find_entries(html, sections)]


def find_entries(html: str, sections: Sequence[Section]) -> Iterator[Entry]:
    """Yield the place of each entry. A rule (`---`) ends a list: what follows is no reference."""
    for region in regions(sections, "references"):
        for section in region:
            if section is not region[0] and _NO_LIST.match(section.heading.text):
                continue
            group = "" if section is region[0] else section.heading.text
            yield from _in_section(html, section, group)


def is_unverified(text: str) -> bool:
    return bool(_UNVERIFIED.search(text))


def _in_section(html: str, section: Section, group: str) -> Iterator[Entry]:
    at = section.start
    while found := _LIST.search(html, at, section.end):
        if found.group() == "<hr>":
            return
        name = found.group()[1:]
        whole = next(outermost(html, name, found.start(), section.end), None)
        if whole is None:
            return
        start = _START.match(html, whole.start)
        number = (int(start[1]) if start else 1) if name == "ol" else None
        for item in outermost(html, "li", whole.inner_start, whole.inner_end):
            yield Entry(item, number if number is not None and number <= MOST else None, group)
            number = number + 1 if number is not None else None
        at = whole.end


def _read(entry: Entry, html: str) -> Reference:
    inner = _WAY_BACK.sub("", entry.item.inner(html)).strip()
    text = text_in(inner)
    found = {name: match[1] for name, pattern in _NAMED.items() if (match := pattern.search(text))}
    url = ""
    for href in map(unescape, _HREF.findall(inner)):
        identity = identify(href)
        if identity is None:
            continue
        if identity.kind in _NAMED and identity.kind not in found:
            found[identity.kind] = identity.key.partition(":")[2]
        elif identity.kind not in _NAMED:
            url = url or href
    title = title_in(text)
    return Reference(
        number=entry.number,
        group=entry.group,
        html=inner,
        text=text,
        doi=found.get("doi", ""),
        arxiv=found.get("arxiv", ""),
        isbn=found.get("isbn", ""),
        url=url,
        title="" if title == text else title,
        year=year_in(text),
        is_unverified=is_unverified(text),
    )
