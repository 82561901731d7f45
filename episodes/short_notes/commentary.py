"""What goes before any link does: embeds, quotations, and what was said around the links. Pure."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from episodes.short_notes.choosing import key_of
from episodes.short_notes.outline import Line, OutlineItem, OutlineLink, OutlineSection, links_of, text_of
from episodes.short_notes.result import Cut, What

_SAME_SAYING = 0.6  # how alike two texts are that say the same, from 0 to 1


def without_embeds_and_quotations(sections: Sequence[OutlineSection]) -> tuple[list[OutlineSection], list[Cut]]:
    sections, embeds = _keep(sections, "embed", lambda _section, item: item.kind != "embed")
    sections, quotations = _keep(sections, "quotation", lambda _section, item: item.kind != "quotation")
    return sections, embeds + quotations


def without_commentary(sections: Sequence[OutlineSection]) -> tuple[list[OutlineSection], list[Cut]]:
    """Only the lines that have a link."""
    return _keep(_in_lines(sections), "commentary", lambda _section, item: bool(links_of(item.lines[0])))


def without_recurring(sections: Sequence[OutlineSection], recurring: Sequence[Line]) -> list[OutlineSection]:
    """The announcements without what their short form says as well: the same places, or nearly the same words."""
    places = {key_of(link.url) for line in recurring for link in links_of(line)}

    def is_new(section: OutlineSection, item: OutlineItem) -> bool:
        if not section.is_announcements:
            return True
        if links := [link for line in item.lines for link in links_of(line)]:
            return any(key_of(link.url) not in places for link in links)
        return all(SequenceMatcher(None, item.text, text_of(line)).ratio() < _SAME_SAYING for line in recurring)

    return _keep(sections, "announcement", is_new)[0] if recurring else list(sections)


def without_places(sections: Sequence[OutlineSection], keys: Collection[str]) -> list[OutlineSection]:
    """The sections without the links to these places, nor lines that had no other."""

    def kept(line: Line) -> Line:
        rest = [piece for piece in line if not (isinstance(piece, OutlineLink) and key_of(piece.url) in keys)]
        return rest if len(rest) == len(line) or links_of(rest) else []

    result = []
    for section in sections:
        items = [replace(item, lines=tuple(filter(None, map(kept, item.lines)))) for item in section.items]
        result.append(replace(section, items=tuple(item for item in items if item.lines)))
    return result


def _in_lines(sections: Sequence[OutlineSection]) -> list[OutlineSection]:
    """The sections with each line as an item of its own."""
    return [
        replace(section, items=tuple(replace(item, lines=(line,)) for item in section.items for line in item.lines))
        for section in sections
    ]


def _keep(
    sections: Sequence[OutlineSection], what: What, is_kept: Callable[[OutlineSection, OutlineItem], bool]
) -> tuple[list[OutlineSection], list[Cut]]:
    kept, cuts = [], []
    for section in sections:
        stays = {id(item): is_kept(section, item) for item in section.items}
        kept.append(replace(section, items=tuple(item for item in section.items if stays[id(item)])))
        cuts += [Cut(what, item.text) for item in section.items if not stays[id(item)]]
    return kept, cuts
