"""Reading the outline from the HTML of the full notes: empty headings and footnotes find their place here."""

import re
from collections.abc import Collection, Iterator

from episodes.short_notes.outline.parser import NotesParser, ParsedItem, ParsedSection, one_line
from episodes.short_notes.outline.pieces import OutlineItem, OutlineLink, OutlineSection

_ANNOUNCEMENTS = re.compile("お知らせ|おしらせ|告知|announcement", re.IGNORECASE)


def read_sections(html: str, page_url: str, announcements: Collection[str] = ()) -> list[OutlineSection]:
    """Return the sections of rendered notes; only the first has no heading: it holds all before the first heading.

    A heading with neither words nor a time begins no section. A footnote comes right after the item that first refers
    to it. `announcements` are the headings of the sections that every episode repeats; if there are none, such a
    section is recognised by words like お知らせ in its heading.
    """
    parser = NotesParser(page_url)
    parser.feed(html)
    parser.close()
    for section in parser.sections:
        section.items = list(_with_footnotes(section, parser.footnotes))
    first, *others = parser.sections
    sections = [first]
    for section in others:
        if one_line(section.heading) or section.starts_at is not None:
            sections.append(section)
        else:
            sections[-1].items += section.items
    return [_finish_section(section, announcements) for section in sections]


def _with_footnotes(
    referring: ParsedSection | ParsedItem, footnotes: dict[str, list[ParsedItem]]
) -> Iterator[ParsedItem]:
    """Yield what follows a heading or an item, each footnote after its reference; removes it from `footnotes`."""
    for footnote in referring.footnotes:
        for item in footnotes.pop(footnote, []):
            yield item
            yield from _with_footnotes(item, footnotes)
    if isinstance(referring, ParsedSection):
        for item in referring.items:
            yield item
            yield from _with_footnotes(item, footnotes)


def _finish_section(section: ParsedSection, announcements: Collection[str]) -> OutlineSection:
    heading = one_line(section.heading)
    items = (_finish_item(item) for item in section.items)
    announces = heading in announcements if announcements else bool(_ANNOUNCEMENTS.search(heading))
    return OutlineSection(heading, section.starts_at, tuple(item for item in items if item.lines), announces)


def _finish_item(item: ParsedItem) -> OutlineItem:
    lines = (tuple(_tidy(line)) for line in item.lines)
    return OutlineItem(item.kind, item.depth, tuple(line for line in lines if line))


def _tidy(line: list[str | OutlineLink]) -> list[str | OutlineLink]:
    """Join the runs of text, make each white space one blank, and strip the ends of the line."""
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
