"""Excerpts: where in a text the search terms are, the sentence around them, the terms marked as HTML."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from interaxion.text.search.folding import fold_letters, fold_letters_with_places
from interaxion.text.search.grams import LETTER
from interaxion.text.search.terms import Term
from interaxion.text.transcripts.html import ANCHOR

#: The length of an excerpt in characters, and how many of them come before the first term found.
LONGEST_EXCERPT = 110
BEFORE = 30
#: A word longer than this may be cut.
LONGEST_WORD = 30
#: The place of the text before the first heading.
_BEFORE_ALL = ("", "", None, -1)
_SENTENCE_ENDS = re.compile(r"(?<=[。！？!?])|(?<=\.)\s")
_LETTERS_BEFORE = re.compile(rf"[{LETTER}]{{1,{LONGEST_WORD}}}\Z", re.IGNORECASE)
_LETTER = re.compile(f"[{LETTER}]", re.IGNORECASE)


@dataclass(frozen=True)
class Hit:
    """A place on a page: `starts_at` in seconds, `html` the sentence with the terms marked."""

    anchor: str
    heading: SafeString
    starts_at: int | None
    html: SafeString


@dataclass(frozen=True)
class _Line:
    number: int
    terms: frozenset[Term]
    #: How many of the terms are there exactly as typed.
    typed: int


def find_hits(text: str, folded: str, places: Sequence[Sequence], terms: Sequence[Term], *, most: int) -> list[Hit]:
    """Return the sections of the text that hold the terms, at most `most`, the best first.

    Those with more of the terms come first, then those with a term in the heading, then those with more terms spelled
    as typed. `folded` is the same text with its letters folded; `places` are those of a search row.
    """
    lines = text.split("\n")
    starts = [place[3] for place in places]  # rising
    by_section: dict[int, list[_Line]] = {}
    for number, line in enumerate(folded.split("\n")):
        held = frozenset(term for term in terms if term.stands_in(line))
        if held:
            section = bisect_right(starts, number) - 1
            typed = sum(1 for term in held if term.typed.search(line))
            by_section.setdefault(section, []).append(_Line(number, held, typed))
    sections = []
    for section, found in by_section.items():
        at = places[section][3] if section >= 0 else -1
        held = frozenset().union(*(line.terms for line in found))
        in_heading = any(line.number == at for line in found)
        best = max(found, key=lambda line: (line.number != at, len(line.terms), line.typed, -line.number))
        typed = max(line.typed for line in found)
        sections.append((-len(held), not in_heading, -typed, section, best.number))
    return [
        _hit(lines, best, places[section] if section >= 0 else _BEFORE_ALL, terms)
        for *_how_well, section, best in sorted(sections)[:most]
    ]


def find_sentences(text: str, folded: str, starts: Sequence[int], terms: Sequence[Term], *, most: int) -> list[Hit]:
    """Return the sentences that hold the terms, those with more of them first, at most `most`.

    Each line of `text` is one, and begins at that second. `folded` is that of the row: three lines come before it.
    """
    found = []
    for number, (line, start) in enumerate(zip(folded.split("\n")[3:], starts, strict=True)):
        if held := sum(1 for term in terms if term.stands_in(line)):
            found.append((-held, number, start))
    lines = text.split("\n")
    return [
        Hit(f"{ANCHOR}{start}", mark_safe(""), start, excerpt(lines[number], terms))  # noqa: S308
        for _held, number, start in sorted(found)[:most]
    ]


def _hit(lines: Sequence[str], best: int, place: Sequence, terms: Sequence[Term]) -> Hit:
    anchor, heading, starts_at, at = place
    html = excerpt(lines[best], terms) if best != at else _after(lines, at)
    return Hit(anchor, mark(heading, terms), starts_at, html)


def mark(text: str, terms: Iterable[Term]) -> SafeString:
    """Return the text as HTML with the terms in <mark>."""
    return _mark(text, spans(text, terms), 0, len(text))


def excerpt(line: str, terms: Sequence[Term]) -> SafeString:
    """Return the sentence with the most terms, if possible as typed, as HTML; shortened if it is long."""
    ends = [0, *(end.end() for end in _SENTENCE_ENDS.finditer(line)), len(line)]
    start, stop, most = 0, len(line), (0, 0)  # the whole line, if a term spans two sentences
    for bounds in pairwise(ends):
        if most < (counts := _how_many(fold_letters(line[slice(*bounds)]), terms)):
            (start, stop), most = bounds, counts
        if most == (len(terms), len(terms)):
            break
    sentence = line[start:stop]
    found = spans(sentence, terms)
    first = found[0] if found else (0, 0)
    begin = first[0] - BEFORE if first[0] > BEFORE and len(sentence) > LONGEST_EXCERPT else 0
    begin = _before_word(sentence, begin)
    end = max(_before_word(sentence, begin + LONGEST_EXCERPT), min(first[1], begin + LONGEST_EXCERPT))
    before = "…" if start + begin else ""
    after = "…" if start + end < len(line) else ""
    return mark_safe(before + _mark(sentence, found, begin, end) + after)  # noqa: S308 (of safe parts)


def _how_many(folded: str, terms: Iterable[Term]) -> tuple[int, int]:
    """Return how many of the terms the text holds, and how many of these exactly as typed."""
    held = [term for term in terms if term.stands_in(folded)]
    return len(held), sum(1 for term in held if term.typed.search(folded))


def _before_word(text: str, at: int) -> int:
    """Return `at`, or the beginning of the word that a cut there would divide; the end of a shorter text."""
    if at >= len(text):
        return len(text)
    letters = _LETTERS_BEFORE.search(text, max(0, at - LONGEST_WORD), at)
    is_cut = letters and letters.start() > at - LONGEST_WORD and _LETTER.match(text, at)
    return letters.start() if letters and is_cut else at


def _mark(text: str, found: Iterable[tuple[int, int]], start: int, stop: int) -> SafeString:
    html = ""
    for begin, end in found:
        begin, end = max(begin, start), min(end, stop)
        if begin < end:
            html += f"{escape(text[start:begin])}<mark>{escape(text[begin:end])}</mark>"
            start = end
    return mark_safe(html + escape(text[start:stop]))  # noqa: S308 (escaped piece by piece)


def spans(text: str, terms: Iterable[Term]) -> list[tuple[int, int]]:
    """Return where the terms are in the text as written, in order, overlaps merged."""
    folded = fold_letters(text)
    # Folding with places is slow: only for a text that has something to mark.
    held = [term for term in terms if term.stands_in(folded)]
    places = fold_letters_with_places(text)[1] if held else []
    found = [(places[m.start()], places[m.end()]) for term in held for m in term.loose.finditer(folded)]
    whole: list[tuple[int, int]] = []
    for start, stop in sorted(found):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(stop, whole[-1][1]))
        elif stop > start:
            whole.append((start, stop))
    return whole


def _after(lines: Sequence[str], at: int) -> SafeString:
    """Return the beginning of the section, for terms that only its heading holds."""
    following = lines[at + 1] if at + 1 < len(lines) else ""
    end = _before_word(following, LONGEST_EXCERPT)
    return mark_safe(escape(following[:end]) + ("…" if end < len(following) else ""))  # noqa: S308
