"""The places of sections in the text of a page, by line."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from interaxion.text.times import parse_time


def find_places(text: str, outline: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
    """Find each heading of the outline in the text, which has one block per line: [anchor, heading, starts_at, line].

    `starts_at` is in seconds, from the heading or the nearest one that contains it; None without a time. `line` counts
    from 0.
    """
    lines = text.split("\n")
    places: list[list[Any]] = []
    ancestors: list[Mapping[str, Any]] = []
    line = 0
    for heading in outline:
        ancestors = [*(above for above in ancestors if above["level"] < heading["level"]), heading]
        found = next((i for i in range(line, len(lines)) if _is_heading(lines[i], heading["text"])), None)
        if found is not None:
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


def _is_heading(line: str, heading: str) -> bool:
    """Whether a line is this heading, with or without a time before it."""
    before, found, after = line.rpartition(heading) if heading else ("", "", "")
    return bool(found) and not after and (not before.strip() or parse_time(before) is not None)
