"""Matching: which section of the edited notes is which old one, so that it keeps its row and key. No Django."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher

from episodes.notes.notes import NoteSection

SIMILAR = 0.6  # what difflib itself calls a close match
#: Similar texts are looked for among so many pairs of sections, and compared in order up to so many pairs of lines.
MOST_SECTIONS = 2_500
MOST_LINES = 2_500


def match(old: Sequence[NoteSection], new: Sequence[NoteSection]) -> list[int | None]:
    """Return for each new section the index of the old one that it continues, or None; no index comes twice.

    The same text counts most, then the same heading, the same body, a similar text, the same time; among equals the
    order decides.
    """
    matching = _Matching(old, new)
    matching.pair_equal(lambda section: (section.heading, section.body))
    matching.pair_equal(lambda section: section.heading or None)
    matching.pair_equal(lambda section: section.body or None)
    matching.pair_similar()
    matching.pair_equal(lambda section: section.starts_at)
    return matching.found


class _Matching:
    def __init__(self, old: Sequence[NoteSection], new: Sequence[NoteSection]) -> None:
        self.old = dict(enumerate(old))  # the sections without a partner so far, by place
        self.new = dict(enumerate(new))
        self.found: list[int | None] = [None] * len(new)

    def pair(self, old_place: int, new_place: int) -> None:
        self.found[new_place] = old_place
        del self.old[old_place], self.new[new_place]

    def pair_equal(self, key: Callable[[NoteSection], Hashable | None]) -> None:
        """Pair sections with the same key: of several, the one that follows the partner of the section above."""
        places: defaultdict[Hashable, list[int]] = defaultdict(list)
        for i, section in self.old.items():
            places[key(section)].append(i)
        above = -1
        for j in range(len(self.found)):
            value = key(self.new[j]) if j in self.new else None
            if value is not None and places[value]:
                following = bisect_left(places[value], above)
                self.pair(places[value].pop(following if following < len(places[value]) else -1), j)
            partner = self.found[j]
            above = above if partner is None else partner

    def pair_similar(self) -> None:
        if len(self.old) * len(self.new) > MOST_SECTIONS:
            return
        likeness = [
            (-_likeness(old, new), abs(i - j), i, j) for i, old in self.old.items() for j, new in self.new.items()
        ]
        for unlike, _, i, j in sorted(likeness):
            if -unlike >= SIMILAR and i in self.old and j in self.new:
                self.pair(i, j)


def _likeness(old: NoteSection, new: NoteSection) -> float:
    """Return the share, from 0 to 1, that is the same: of the characters of the heading or of the lines of the body."""
    ratios = [0.0]
    if old.heading and new.heading:
        ratios.append(SequenceMatcher(None, old.heading, new.heading, autojunk=False).ratio())
    if old.body and new.body:
        before, after = old.body.split("\n"), new.body.split("\n")
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        ratios.append(matcher.ratio() if len(before) * len(after) <= MOST_LINES else matcher.quick_ratio())
    return max(ratios)
