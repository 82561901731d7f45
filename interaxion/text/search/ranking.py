"""How well a page answers: the earlier its terms stand, the better. Pure.

Where a term stands counts before how it is spelled: コンピュータ in a title answers コンピューター better than that
very word in a text, and less than that very word in a title. A short word of kana is never taken for another one, for
it counts only as it is typed (see `matching`).
"""

import re
from bisect import bisect
from collections.abc import Iterable, Sequence

from interaxion.text.search.grams import LETTER, close_up
from interaxion.text.search.terms import Term

#: Where a term stands. The names are those of people and tags.
BEGINS_TITLE, IN_TITLE, IN_HEADING, IN_NAMES, IN_TEXT = 1, 2, 3, 4, 5
#: The answers where nothing else was asked for: as it is typed, and in another spelling.
THE_TITLE, THE_TITLE_RESPELLED = (0, 0), (0, 1)

_GOES_ON = re.compile(rf"(?<=[{LETTER}])(?:[{LETTER}]|(?<=[0-9])\.[0-9])")


def rank(folded: str, terms: Sequence[Term], without: Iterable[Term] = ()) -> tuple[int, int] | None:
    """Smaller is better, (0, 0) the title itself; None where a term is missing, which the index alone cannot tell, or
    where one stands that must not. `folded` is that of a search row.
    """
    title_ends = folded.index("\n")
    headings_end = folded.index("\n", title_ends + 1)
    lines = (0, title_ends + 1, headings_end + 1, folded.index("\n", headings_end + 1) + 1)
    title, asked = folded[:title_ends], " ".join(term.text for term in terms)
    total, worst = 0, BEGINS_TITLE
    for term in terms if title != asked else ():
        place, is_itself = _best_place(term, folded, lines)
        if place is None:
            return None
        worst = max(worst, place)
        # `AI` in `AIMD` counts less than `AI` itself, and so does another spelling.
        total += place + (not is_itself)
    if any(term.stands_in(folded) for term in without):
        return None
    if worst <= IN_TITLE and close_up(title) == close_up(asked):
        return THE_TITLE if title == asked else THE_TITLE_RESPELLED
    return worst, total


def _best_place(term: Term, folded: str, lines: Sequence[int]) -> tuple[int | None, bool]:
    """Where the term stands first, None for nowhere, and whether it stands there itself: as it is typed, and whole.

    `lines`: where title, headings, names and text begin.
    """
    found = term.typed.search(folded)
    line = bisect(lines, found.start()) if found else len(lines) + 1
    # Other spellings take longer to look for: only where they would be better.
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
        goes_on = all(_GOES_ON.match(folded, each.end()) for each in term.typed.finditer(folded, best.end(), ends))
    return (IN_TITLE, IN_HEADING, IN_NAMES, IN_TEXT)[line - 1], not (respelled or goes_on)
