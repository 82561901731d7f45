"""Where in a text the words stand: the sentence around them, the words marked. Pure but for the escaping of HTML."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from interaxion.content.search.folding import fold, fold_exact, fold_with_places
from interaxion.content.search.query import Term

#: Characters of an excerpt, and how many of them stand before the first word found.
LONGEST_EXCERPT = 110
BEFORE = 30
#: The place of what stands before the first heading.
_BEFORE_ALL = ("", "", None, -1)
_SENTENCE_ENDS = re.compile(r"(?<=[。！？!?])|(?<=\.)\s")


@dataclass(frozen=True)
class Hit:
    """A place on a page. `starts_at` in seconds, `html` the sentence with the words marked."""

    anchor: str
    heading: SafeString
    starts_at: int | None
    html: SafeString


def find_hits(text: str, folded: str, places: Sequence[Sequence], terms: Sequence[Term], *, most: int) -> list[Hit]:
    """The sections of the text that hold the terms: those with most of them first, a heading counts more.

    `folded` is the same text, folded; `places` are those of a search row.
    """
    lines = text.split("\n")
    by_section: dict[int, list[tuple[int, frozenset[Term]]]] = {}
    for number, (line, folded_line) in enumerate(zip(lines, folded.split("\n"), strict=True)):
        told = frozenset(term for term in terms if term.stands_in(line, folded_line))
        if told:
            section = sum(1 for place in places if place[3] <= number) - 1
            by_section.setdefault(section, []).append((number, told))
    sections = []
    for section, found in by_section.items():
        at = places[section][3] if section >= 0 else -1
        told = frozenset().union(*(terms for _number, terms in found))
        in_heading = any(number == at for number, _terms in found)
        best = max(found, key=lambda each: (each[0] != at, len(each[1]), -each[0]))[0]
        sections.append((-len(told), not in_heading, section, best))
    best_sections = sorted(sections)[:most]
    return [
        _hit(lines, best, places[section] if section >= 0 else _BEFORE_ALL, terms)
        for _most_terms, _heading_first, section, best in best_sections
    ]


def _hit(lines: Sequence[str], best: int, place: Sequence, terms: Sequence[Term]) -> Hit:
    anchor, heading, starts_at, at = place
    html = excerpt(lines[best], terms) if best != at else _after(lines, at)
    return Hit(anchor, mark(heading, terms), starts_at, html)


def mark(text: str, terms: Iterable[Term]) -> SafeString:
    """The text as HTML with the terms in <mark>."""
    return _mark(text, spans(text, terms), 0, len(text))


def excerpt(line: str, terms: Sequence[Term]) -> SafeString:
    """The first sentence with a term, cut where it is long."""
    ends = [0, *(end.end() for end in _SENTENCE_ENDS.finditer(line)), len(line)]
    for start, stop in [*pairwise(ends), (0, len(line))]:  # the line, where a term goes on behind a sentence's end
        sentence = line[start:stop]
        if found := spans(sentence, terms):
            break
    first = found[0][0] if found else 0
    begin = first - BEFORE if first > BEFORE and len(sentence) > LONGEST_EXCERPT else 0
    end = min(begin + LONGEST_EXCERPT, len(sentence))
    before, after = "…" if start + begin else "", "…" if start + end < len(line) else ""
    return mark_safe(before + _mark(sentence, found, begin, end) + after)  # noqa: S308 (of safe parts)


def _mark(text: str, found: Iterable[tuple[int, int]], start: int, stop: int) -> SafeString:
    html = ""
    for begin, end in found:
        begin, end = max(begin, start), min(end, stop)
        if begin < end:
            html += f"{escape(text[start:begin])}<mark>{escape(text[begin:end])}</mark>"
            start = end
    return mark_safe(html + escape(text[start:stop]))  # noqa: S308 (escaped piece by piece)


def spans(text: str, terms: Iterable[Term]) -> list[tuple[int, int]]:
    """Where the terms stand in the text as it is written, in order, none over another."""
    found: list[tuple[int, int]] = []
    plain = fold(text)
    # To fold with places takes long: only what has something to mark.
    if folded_terms := [term for term in terms if not term.is_exact and term.pattern.search(plain)]:
        folded, places = fold_with_places(text)
        for term in folded_terms:
            # A mark that folding drops (ー) belongs to the letter before it.
            found += [(places[m.start()], places[m.end()]) for m in term.pattern.finditer(folded)]
    for term in terms:
        if term.is_exact and len(exact := fold_exact(text)) == len(text):  # else the places are not the same
            found += [m.span() for m in term.pattern.finditer(exact)]
    whole: list[tuple[int, int]] = []
    for start, stop in sorted(found):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(stop, whole[-1][1]))
        elif stop > start:
            whole.append((start, stop))
    return whole


def _after(lines: Sequence[str], at: int) -> SafeString:
    """Where the words stand in the heading alone: what its section begins with."""
    following = lines[at + 1] if at + 1 < len(lines) else ""
    return mark_safe(escape(following[:LONGEST_EXCERPT]) + ("…" if len(following) > LONGEST_EXCERPT else ""))  # noqa: S308
