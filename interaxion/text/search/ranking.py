"""Ranking of search results: the more prominent the place of the terms in a page, the better it answers.

The place of a term counts before its spelling: コンピュータ in a title answers the query コンピューター better than the
exact word in the text, and worse than the exact word in a title. A short word of kana is never mistaken for another
one, because it matches only as it is typed (see `matching`).
"""

import math
import re
from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import islice

from interaxion.text.search.grams import LETTER, close_up
from interaxion.text.search.terms import Term

#: Places of a term, the best first. NAMES are those of people and tags. The last is that of a term that stands only
#: inside longer words of katakana, wherever: ディア in メディア.
BEGINS_TITLE, IN_TITLE, BEGINS_HEADING, IN_HEADING, IN_NAMES, IN_TEXT, IN_LONGER_WORD = 1, 2, 3, 4, 5, 6, 7
#: The first line of the text: what its summary names, a page is about, as much as if a section were named after it.
IN_SUMMARY = BEGINS_HEADING
#: How far another word that means the same is from the term, where another spelling is 1.
OTHER_WORD = 2
#: Mentions that are counted.
MOST_MENTIONS = 20
#: Ranks of a page whose title is the whole query: as it is typed, and in another spelling.
THE_TITLE, THE_TITLE_RESPELLED = (0, 0), (0, 1)

_KATAKANA = "[ァ-ヶー]"
_INSIDE = re.compile(rf"(?<={_KATAKANA})(?=[ァ-ヶ])")
_GOES_ON = re.compile(rf"(?<=[{LETTER}])(?:[{LETTER}]|(?<=[0-9])\.[0-9])")


def rank(folded: str, terms: Sequence[Term], without: Iterable[Term] = ()) -> tuple[int, int] | None:
    """Rank a page by the `folded` text of its search row: lines of title, headings, names and summary,
    then the text.

    Smaller is better; (0, 0) is a title equal to the query. None if a term is missing, which the index alone cannot
    tell, or if an excluded term is in the text.
    """
    title_ends = folded.index("\n")
    headings_end = folded.index("\n", title_ends + 1)
    text_begins = folded.index("\n", headings_end + 1) + 1
    lines = (0, title_ends + 1, headings_end + 1, text_begins)
    title, wanted = folded[:title_ends], " ".join(term.text for term in terms)
    total, worst = 0, BEGINS_TITLE
    for term in terms if title != wanted else ():
        place, difference = _best_place(term, folded, lines)
        if place is None:
            return None
        if place > IN_SUMMARY and (there := _difference_in_line(term, folded, text_begins)) is not None:
            place, difference = IN_SUMMARY, there
        worst = max(worst, place)
        # `AI` in `AIMD` ranks below `AI` itself, and so does another spelling; another word of the same meaning lower.
        total += place + difference
    if any(term.stands_in(folded) for term in without):
        return None
    if worst <= IN_TITLE and close_up(title) == close_up(wanted):
        return THE_TITLE if title == wanted else THE_TITLE_RESPELLED
    return worst, total


def is_another_name(folded: str, terms: Iterable[Term]) -> bool:
    """Whether the terms are one of the further names that a row has in the place of headings."""
    wanted = close_up(" ".join(term.text for term in terms))
    return wanted in map(close_up, folded.split("\n", 2)[1].split("\t"))


def dwelling(folded: str, terms: Iterable[Term]) -> float:
    """Return how much of a page is about the terms, to tell pages of one rank apart: mentions of the rarest of them.

    A page of four times the length mentions anything twice as often.
    """
    counts = (sum(1 for _match in islice(term.loose.finditer(folded), MOST_MENTIONS)) for term in terms)
    return round(min(counts, default=0) / math.sqrt(len(folded)), 3)


def _best_place(term: Term, folded: str, lines: Sequence[int]) -> tuple[int | None, int]:
    """Return the best place of the term (None: nowhere), and how it differs there: 0 if it is as typed, and whole.

    `lines` are the offsets at which title, headings, names and text begin.
    """
    found = term.typed.search(folded)
    line = bisect(lines, found.start()) if found else len(lines) + 1
    # Searching other spellings is slower: only where a match would be a better place.
    before = lines[line - 1] if found else len(folded)
    respelled = term.loose.search(folded, 0, before) if before and term.loose is not term.typed else None
    best = respelled or found
    if best is None:
        return None, 0
    if _is_inside(best):
        best = next((each for each in term.loose.finditer(folded, best.end()) if not _is_inside(each)), None)
        if best is None:
            return IN_LONGER_WORD, 1
        respelled = best if not term.typed.match(folded, best.start()) else None
    line = bisect(lines, best.start())
    goes_on = bool(_GOES_ON.match(folded, best.end()))
    difference = OTHER_WORD if respelled and term.is_other_word(best) else int(bool(respelled))
    if line == 1 and best.start() == 0 and not goes_on and difference < OTHER_WORD:
        return BEGINS_TITLE, difference
    if goes_on and not respelled:
        ends = lines[line] if line < len(lines) else len(folded)
        goes_on = all(_GOES_ON.match(folded, match.end()) for match in term.typed.finditer(folded, best.end(), ends))
    if line == 2 and not goes_on and (best.start() == lines[1] or folded[best.start() - 1] == "\t"):
        return BEGINS_HEADING, difference
    return (IN_TITLE, IN_HEADING, IN_NAMES, IN_TEXT)[line - 1], difference or int(goes_on)


def _difference_in_line(term: Term, folded: str, start: int) -> int | None:
    """Return how the term differs in the line that begins at `start`, as `_best_place()` tells it; None: not there."""
    end = folded.find("\n", start)
    end = len(folded) if end < 0 else end
    if (found := term.typed.search(folded, start, end)) and not _is_inside(found):
        return int(bool(_GOES_ON.match(folded, found.end())))
    found = next((each for each in term.loose.finditer(folded, start, end) if not _is_inside(each)), None)
    return None if found is None else OTHER_WORD if term.is_other_word(found) else 1


def _is_inside(found: re.Match[str]) -> bool:
    """Whether a match is a part of a longer word of katakana. A mark for a long vowel after it belongs to it."""
    text, start, end = found.string, found.start(), found.end()
    begins_within = start > 0 and _INSIDE.match(text, start) is not None
    return begins_within or (_INSIDE.match(text, end) is not None)
