"""How well a page answers: the earlier its terms stand, the better. Pure."""

from collections.abc import Iterable, Sequence

from interaxion.content.search.grams import pattern_of
from interaxion.content.search.query import Term

#: Where a term stands.
BEGINS_TITLE, IN_TITLE, IN_HEADING, IN_TEXT = 1, 2, 3, 4
#: The answer where nothing else was asked for.
THE_TITLE = (0, 0)


def rank(folded: str, terms: Sequence[Term], written: Sequence[str] = ()) -> tuple[int, int] | None:
    """Smaller is better, (0, 0) the title itself; None where a term is missing, which the index alone cannot tell.

    `folded` is that of a search row; `written`, its title and its text, is needed where a term is exact.
    """
    title_ends = folded.index("\n")
    headings_end = folded.index("\n", title_ends + 1)
    if not written and folded[:title_ends] == " ".join(term.text for term in terms):
        return THE_TITLE
    places, begun = [], 0
    for term in terms:
        at = _line_with(term, folded, *written) if term.is_exact else _first_of(term, folded)
        if at is None:
            return None
        if at > headings_end:
            places.append(IN_TEXT)
            continue
        whole = pattern_of(term.folded, is_open=False)
        if at > title_ends:
            places.append(IN_HEADING)
        else:
            places.append(BEGINS_TITLE if at == 0 and whole.match(folded) else IN_TITLE)
        # `AI` in `AIMD` counts less than `AI` itself.
        begun += term.is_open and not whole.search(folded, at, headings_end if at > title_ends else title_ends)
    return max(places, default=0), sum(places) + begun


def _first_of(term: Term, folded: str) -> int | None:
    # A pattern that begins with a word's bounds is slow to say that it is nowhere yet.
    begins = folded.find(term.text)
    found = term.pattern.search(folded, begins) if begins >= 0 else None
    return found.start() if found else None


def _line_with(term: Term, folded: str, title: str, text: str) -> int | None:
    """Where in the folded text the first line with an exact term begins."""
    at = 0
    # The second line has the headings again, folded only.
    for line, folded_line in zip(_lines(title, text), folded.split("\n"), strict=True):
        if term.stands_in(line, folded_line):
            return at
        at += len(folded_line) + 1
    return None


def _lines(title: str, text: str) -> Iterable[str]:
    return title.replace("\n", " "), "", *text.split("\n")
