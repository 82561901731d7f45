"""The choice of the links that stay: as many as fit, those worth most first."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from episodes.short_notes.outline import Line, OutlineLink, OutlineSection, columns, find_groups, links_of
from episodes.short_notes.rules import Candidate, worth
from episodes.short_notes.writing import Draft
from interaxion.text.addresses import identify

#: Columns (kanji have two). So many words around the links of a line stay: `詳しくは Ep. 19 で`, `参考文献: …`.
WIDEST_WORDS = 60
#: Pairs of letters that a title and a heading share if one repeats the other.
FEWEST_SHARED = 3


def key_of(url: str) -> str:
    """Return what all addresses of one place have in common."""
    address = identify(url)
    return address.key if address else url


def find_candidates(sections: Sequence[OutlineSection]) -> list[Candidate]:
    """Return the links of lists and paragraphs, each place once: where it is linked first."""
    items = [item for section in sections for item in section.items]
    counts = Counter(key_of(link.url) for item in items for line in item.lines for link in links_of(line))
    found: dict[str, Candidate] = {}
    for number, section in enumerate(sections):
        place = 0
        for link, is_nested, is_aside, group, line in _links(section):
            key = key_of(link.url)
            if key not in found:
                found[key] = Candidate(
                    link,
                    key,
                    section=number,
                    place=place,
                    is_nested=is_nested,
                    is_aside=is_aside,
                    is_repeated=counts[key] > 1,
                    is_announcement=section.is_announcements,
                    is_in_heading=len(_pairs(link.text) & _pairs(section.heading)) >= FEWEST_SHARED,
                    is_profile=_is_profile(link.url),
                    group=group,
                    line=line if _has_few_words(line) else None,
                )
                place += 1
    return list(found.values())


def _pairs(text: str) -> set[str]:
    """Return all pairs of neighbouring letters, which for Japanese stand for its words."""
    folded = text.casefold()
    return {pair for pair in map("".join, pairwise(folded)) if pair.isalnum()}


def _is_profile(url: str) -> bool:
    address = identify(url)
    return address is not None and address.kind == "furniture"


def _has_few_words(line: Line) -> bool:
    return sum(columns(piece) for piece in line if isinstance(piece, str)) <= WIDEST_WORDS


def _links(section: OutlineSection) -> Iterator[tuple[OutlineLink, bool, bool, str, Line]]:
    """Yield each link, whether it is in an inner list or said in passing, the line of its group and its own."""
    groups = find_groups(section.items)
    for index, item in enumerate(section.items):
        group = section.items[groups[index]].text if index in groups else ""
        for number, line in enumerate(item.lines if item.kind in ("item", "paragraph") else ()):
            for link in links_of(line):
                yield link, item.depth > 1, number > 0 or item.kind == "paragraph", group, line


def lists_of(candidates: Iterable[Candidate], sections: int) -> list[list[Line]]:
    """Return the lines of each section, and above them the lines of their groups."""
    lists: list[list[Line]] = [[] for _ in range(sections)]
    for candidate in candidates:
        lists[candidate.section] += _lines(candidate, lists[candidate.section])
    return lists


def _lines(candidate: Candidate, known: Collection[Line]) -> list[Line]:
    """Return the lines that the candidate needs below those that are there: none if its line is among them."""
    group: Line = [candidate.group] if candidate.group else []
    line = candidate.line or [candidate.link]
    return [each for each in (group, line) if each and each not in known]


def by_worth(candidates: Sequence[Candidate], frame: Draft, pins: Collection[str]) -> list[Candidate]:
    """Return as many as fit: first those whose key is in `pins`, then those worth most by the rules."""
    return take(sorted(candidates, key=lambda each: (each.key not in pins, -worth(each))), frame)


def take(ranked: Iterable[Candidate], frame: Draft) -> list[Candidate]:
    """Return those that fit into the frame if each takes its room in this order."""
    parts = list(frame.parts)
    room = frame.profile.limit - frame.profile.measure(frame.text)
    taken: list[Candidate] = []
    for candidate in ranked:
        if candidate.section < len(parts):
            part = parts[candidate.section]
            longer = replace(part, lines=(*part.lines, *_lines(candidate, part.lines)))
            size = frame.size_of(longer) - frame.size_of(part)
            if size <= room:
                parts[candidate.section] = longer
                room -= size
                taken.append(candidate)
    return taken
