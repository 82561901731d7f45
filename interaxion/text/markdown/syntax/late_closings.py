"""Marks that only kramdown closes: `**Remarks:**one`, `**<sub>k</sub>**x`.

By CommonMark a mark between punctuation and a letter opens emphasis and closes none; kramdown closes with any mark that
has no space before it. So what CommonMark leaves unread gets a second reading. Pairs that it found stay.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

#: The opening runs that wait within one pair: marker and length → the indexes of their first delimiters.
_Waiting = dict[tuple[int, int], list[int]]


def late_closings(md: MarkdownIt) -> None:
    md.inline.ruler2.after("balance_pairs", "late_closings", _close)


def may_close_late(state: StateInline, length: int, after: str) -> None:
    """Remember that the run of marks which comes next may close, if no other one does.

    A single mark before a digit does not: `2 *(3+4)*5` is a product.
    """
    if after.isalpha() or (length > 1 and after.isalnum()):
        vars(state).setdefault("late_closings", set()).add(len(state.tokens) + bool(state.pending))


def _close(state: StateInline) -> None:
    late: set[int] = vars(state).get("late_closings", set())
    if not late:
        return
    within = (meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta)
    for delimiters in (state.delimiters, *within):
        _pair(delimiters, late)


def _pair(delimiters: list[Delimiter], late: set[int]) -> None:
    """Pair the runs that are left, never across a pair that there is."""
    ends = {opener.end for opener in delimiters if opener.end >= 0}
    waiting: list[_Waiting] = [{}]
    at = 0
    while at < len(delimiters):
        first = delimiters[at]
        if first.end >= 0:
            waiting.append({})
        elif at in ends:
            waiting.pop()
        elif length := _length_of_run(delimiters, at, ends):
            key = first.marker, length
            places = waiting[-1].get(key)
            if places and (first.close or first.token in late):
                opening = places.pop()
                for index in range(length):
                    delimiters[opening + index].end = at + length - 1 - index
                for others in waiting[-1].values():
                    while others and others[-1] > opening:
                        others.pop()
            elif first.open:
                waiting[-1].setdefault(key, []).append(at)
            at += length - 1
        at += 1


def _length_of_run(delimiters: list[Delimiter], at: int, ends: set[int]) -> int:
    """Return the length of the whole run that begins here; 0 if a part of it is in a pair, or it is too long."""
    first = delimiters[at]
    length = max(first.length, 1)
    before = delimiters[at - 1] if at else None
    if length > 3 or (before and before.marker == first.marker and before.token == first.token - 1):
        return 0
    run = delimiters[at : at + length]
    is_whole = len(run) == length and all(
        each.marker == first.marker and each.token == first.token + index and each.end < 0 and at + index not in ends
        for index, each in enumerate(run)
    )
    return length if is_whole else 0
