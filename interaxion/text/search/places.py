"""The places of sections in the text of a page, by line."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from interaxion.text.times import parse_time


def find_places(text: str, outline: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
    """Find each heading of the outline in the text, which has one block per line: [anchor, heading, starts_at, line].

    `starts_at` is in seconds, from the heading or the nearest one that contains it; None without a time. `line` counts
    from 0.
    """
    lines = _lines_by_heading(text)
    places: list[list[Any]] = []
    ancestors: list[Mapping[str, Any]] = []
    line = 0
    for heading in outline:
        ancestors = [*(above for above in ancestors if above["level"] < heading["level"]), heading]
        candidates = lines.get(heading["text"], [])
        following = bisect_left(candidates, line)
        if following < len(candidates):
            found = candidates[following]
            starts_at = next((a["starts_at"] for a in reversed(ancestors) if a["starts_at"] is not None), None)
            places.append([heading["anchor"], heading["text"], starts_at, found])
            line = found + 1
    return places


def without_times(text: str, places: Iterable[Sequence[Any]]) -> str:
    """Remove the times from the lines of headings, so that a search for `36` does not find 36:09."""
    lines = text.split("\n")
    for _anchor, heading, _starts_at, line in places:
        lines[line] = heading
    return "\n".join(lines)


def _lines_by_heading(text: str) -> dict[str, list[int]]:
    """Return the numbers of the lines by the heading that each may be: the line without the time before it, or all."""
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(text.split("\n")):
        first, _space, rest = line.strip().partition(" ")
        lines.setdefault(line.strip(), []).append(number)
        if rest and parse_time(first) is not None:
            lines.setdefault(rest.lstrip(), []).append(number)
    return lines
