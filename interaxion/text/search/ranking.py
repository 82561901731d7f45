"""Ranking of search results: the more prominent the place of the terms in a page, the better it answers.

The place of a term counts before its spelling: コンピュータ in a title answers the query コンピューター better than the
exact word in the text, and worse than the exact word in a title. A short word of kana is never mistaken for another
one, because it matches only as it is typed (see `matching`).
"""

import re
from bisect import bisect
from collections.abc import Iterable, Sequence

from interaxion.text.search.grams import LETTER, close_up
from interaxion.text.search.terms import Term

#: Places of a term, the best first. NAMES are those of people and tags.
BEGINS_TITLE, IN_TITLE, IN_HEADING, IN_NAMES, IN_TEXT = 1, 2, 3, 4, 5
#: Ranks of a page whose title is the whole query: as it is typed, and in another spelling.
THE_TITLE, THE_TITLE_RESPELLED = (0, 0), (0, 1)

_GOES_ON = re.compile(rf"(?<=[{LETTER}])(?:[{LETTER}]|(?<=[0-9])\.[0-9])")


def rank(folded: str, terms: Sequence[Term], without: Iterable[Term] = ()) -> tuple[int, int] | None:
    """Rank a page by the `folded` text of its search row: lines of title, headings and names, then the text.

    Smaller is better; (0, 0) is a title equal to the query. None if a term is missing, which the index alone cannot
    tell, or if an excluded term is in the text.
    """
    title_ends = folded.index("\n")
    headings_end = folded.index("\n", title_ends + 1)
    lines = (0, title_ends + 1, headings_end + 1, folded.index("\n", headings_end + 1) + 1)
    title, wanted = folded[:title_ends], " ".join(term.text for term in terms)
    total, worst = 0, BEGINS_TITLE
    for term in terms if title != wanted else ():
        place, is_exact = _best_place(term, folded, lines)
        if place is None:
            return None
        worst = max(worst, place)
        # `AI` in `AIMD` ranks below `AI` itself, and so does another spelling.
        total += place + (not is_exact)
    if any(term.stands_in(folded) for term in without):
        return None
    if worst <= IN_TITLE and close_up(title) == close_up(wanted):
        return THE_TITLE if title == wanted else THE_TITLE_RESPELLED
    return worst, total


def _best_place(term: Term, folded: str, lines: Sequence[int]) -> tuple[int | None, bool]:
    """Return the best place of the term (None: nowhere), and whether it is exact there: as it is typed, and whole.

    `lines` are the offsets at which title, headings, names and text begin.
    """
    found = term.typed.search(folded)
    line = bisect(lines, found.start()) if found else len(lines) + 1
    # Searching other spellings is slower: only where a match would be a better place.
    before = lines[line - 1] if found else len(folded)
    respelled = term.loose.search(folded, 0, before) if before and term.loose is not term.typed else None
    best = respelled or found
    if best is None:
        return None, False
    if respelled:
        line = bisect(lines, best.start())
    goes_on = bool(_GOES_ON.match(folded, best.end()))
    if line == 1 and best.start() == 0 and not goes_on:
        return BEGINS_TITLE, not respelled
    if goes_on and not respelled:
        ends = lines[line] if line < len(lines) else len(folded)
        goes_on = all(_GOES_ON.match(folded, match.end()) for match in term.typed.finditer(folded, best.end(), ends))
    return (IN_TITLE, IN_HEADING, IN_NAMES, IN_TEXT)[line - 1], not (respelled or goes_on)
