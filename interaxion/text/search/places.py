"""Where in the text of a page its sections begin. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from interaxion.text.times import parse_time


def find_places(text: str, outline: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
    """Where each heading of the outline stands in the text, a block a line: anchor, heading, starts_at, line."""
    lines = text.split("\n")
    places: list[list[Any]] = []
    around: list[Mapping[str, Any]] = []
    line = 0
    for heading in outline:
        around = [*(above for above in around if above["level"] < heading["level"]), heading]
        found = next((i for i in range(line, len(lines)) if _is_heading(lines[i], heading["text"])), None)
        if found is not None:
            starts_at = next((a["starts_at"] for a in reversed(around) if a["starts_at"] is not None), None)
            places.append([heading["anchor"], heading["text"], starts_at, found])
            line = found + 1
    return places


def without_times(text: str, places: Iterable[Sequence[Any]]) -> str:
    """The text with its headings alone in their lines: `36` is not at 36:09."""
    lines = text.split("\n")
    for _anchor, heading, _starts_at, line in places:
        lines[line] = heading
    return "\n".join(lines)


def _is_heading(line: str, heading: str) -> bool:
    """A heading of notes begins with its time in the text."""
    before, found, after = line.rpartition(heading) if heading else ("", "", "")
    return bool(found) and not after and (not before.strip() or parse_time(before) is not None)
