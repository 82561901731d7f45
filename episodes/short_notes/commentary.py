"""The cuts that come before any link goes: embeds, quotations, and the commentary around the links."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from episodes.short_notes.choosing import key_of
from episodes.short_notes.outline import (
    Line,
    OutlineItem,
    OutlineLink,
    OutlineSection,
    find_groups,
    line_text,
    links_of,
)
from episodes.short_notes.result import Cut, CutKind

_SAME_TEXT = 0.6  # the least likeness, from 0 to 1, of two texts that say the same


def without_embeds_and_quotations(sections: Sequence[OutlineSection]) -> tuple[list[OutlineSection], list[Cut]]:
    sections, embeds = _filter_items(sections, "embed", lambda _section, item: item.kind != "embed")
    sections, quotations = _filter_items(sections, "quotation", lambda _section, item: item.kind != "quotation")
    return sections, embeds + quotations


def without_commentary(sections: Sequence[OutlineSection]) -> tuple[list[OutlineSection], list[Cut]]:
    """Keep only the lines that have a link, and those that explain a group of links."""
    sections = _in_lines(sections)
    explaining = {id(section.items[head]) for section in sections for head in find_groups(section.items).values()}
    return _filter_items(
        sections, "commentary", lambda _section, item: bool(links_of(item.lines[0])) or id(item) in explaining
    )


def without_recurring(sections: Sequence[OutlineSection], recurring: Sequence[Line]) -> list[OutlineSection]:
    """Remove from the announcements what `recurring`, their short form, says too: the same places or similar words."""
    places = {key_of(link.url) for line in recurring for link in links_of(line)}

    def is_new(section: OutlineSection, item: OutlineItem) -> bool:
        if not section.is_announcements:
            return True
        if links := [link for line in item.lines for link in links_of(line)]:
            return any(key_of(link.url) not in places for link in links)
        return all(SequenceMatcher(None, item.text, line_text(line)).ratio() < _SAME_TEXT for line in recurring)

    return _filter_items(sections, "announcement", is_new)[0] if recurring else list(sections)


def without_places(sections: Sequence[OutlineSection], keys: Collection[str]) -> list[OutlineSection]:
    """Remove the links to these places, and the lines that had no other link."""

    def without(line: Line) -> Line:
        rest = [piece for piece in line if not (isinstance(piece, OutlineLink) and key_of(piece.url) in keys)]
        return rest if len(rest) == len(line) or links_of(rest) else []

    result = []
    for section in sections:
        items = [replace(item, lines=tuple(filter(None, map(without, item.lines)))) for item in section.items]
        result.append(replace(section, items=tuple(item for item in items if item.lines)))
    return result


def _in_lines(sections: Sequence[OutlineSection]) -> list[OutlineSection]:
    """Make each line an item of its own."""
    return [
        replace(section, items=tuple(replace(item, lines=(line,)) for item in section.items for line in item.lines))
        for section in sections
    ]


def _filter_items(
    sections: Sequence[OutlineSection], kind: CutKind, is_kept: Callable[[OutlineSection, OutlineItem], bool]
) -> tuple[list[OutlineSection], list[Cut]]:
    """Return the sections with the items that `is_kept` accepts, and a cut of this kind for each other item."""
    kept, cuts = [], []
    for section in sections:
        stays = {id(item): is_kept(section, item) for item in section.items}
        kept.append(replace(section, items=tuple(item for item in section.items if stays[id(item)])))
        cuts += [Cut(kind, item.text) for item in section.items if not stays[id(item)]]
    return kept, cuts
