"""The ends of link labels, each found once.

The parser's own rule reads on from every `[` to the end of the paragraph, which takes seconds for a page of brackets.
"""

import re
from types import SimpleNamespace
from typing import Any, NamedTuple

from markdown_it import MarkdownIt, helpers
from markdown_it.rules_inline import StateInline

_PART = re.compile(r"[^\x00-\x20\x7f()\\]+")
_DEEPEST = 32  # levels of brackets in an address, as in the parser


class _Label(NamedTuple):
    end: int  # the place of its `]`; -1 without one
    has_link: bool


def link_labels(md: MarkdownIt) -> None:
    md.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkDestination=_parse_destination,
        parseLinkLabel=_parse,
        parseLinkTitle=helpers.parseLinkTitle,
    )


def _parse(state: StateInline, start: int, disable_nested: bool = False) -> int:
    """Return the place of the `]` that belongs to the `[` at `start`; -1 without one, or if a link is in between."""
    known: dict[int, _Label] = vars(state).setdefault("link_labels", {})
    label = known.get(start) or _find(state, start, known)
    return -1 if label.end >= state.posMax or (disable_nested and label.has_link) else label.end


def _parse_destination(source: str, start: int, end: int) -> Any:
    """Refuse at once, by steps of many characters, what the parser's own rule refuses character by character."""
    if source.startswith("<", start):
        return helpers.parseLinkDestination(source, start, end)
    level, at = 0, start
    while at < end and 0 <= level <= _DEEPEST:
        part = _PART.match(source, at, end)
        if part:
            at = part.end()
            continue
        mark = source[at]
        if mark == "\\" and at + 1 < end and source[at + 1] != " ":
            at += 2
            continue
        if mark not in "()":
            break
        level += 1 if mark == "(" else -1
        at += 1
    return helpers.parseLinkDestination(source, start, end if level <= 0 else start)


def _find(state: StateInline, start: int, known: dict[int, _Label]) -> _Label:
    """Go from token to token, and over each inner pair of brackets, whose end is known by then, in one step."""
    before, state.pos = state.pos, start + 1
    end, has_link = -1, False
    while state.pos < state.posMax:
        at = state.pos
        if state.src[at] == "]":
            end = at
            break
        state.md.inline.skipToken(state)
        if state.src[at] != "[":
            continue
        if state.pos > at + 1:
            has_link = True
            continue
        inner = known.get(at) or _find(state, at, known)
        if inner.end < 0:
            break
        has_link = has_link or inner.has_link
        state.pos = inner.end + 1
    state.pos = before
    known[start] = _Label(end, has_link)
    return known[start]
