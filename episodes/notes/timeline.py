"""The geometry of an episode's timeline: a line as long as the audio, with a vertex at the start of each section."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Mark:
    """A vertex. `at` and `width` (until the next vertex) are percentages of the line."""

    at: float
    width: float
    starts_at: int | None
    text: str
    anchor: str
    is_main: bool

    @property
    def reads_leftwards(self) -> bool:
        """Whether a label to the right of the vertex could extend beyond the line."""
        return self.at > 50


@dataclass(frozen=True)
class Timeline:
    """`is_measured`: the vertices are to scale. `ends`: the length is known, not estimated."""

    marks: tuple[Mark, ...]
    seconds: int
    is_measured: bool
    ends: bool

    @property
    def known_until(self) -> float:
        """The percentage of the line beyond which its length is an estimate."""
        return 100.0 if self.ends or not self.marks else self.marks[-1].at


def is_timed(outline: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a heading has a time, so that the vertices of the timeline are to scale."""
    return any(heading.get("starts_at") is not None for heading in outline)


def make_timeline(outline: Iterable[Mapping[str, Any]], seconds: int | None) -> Timeline:
    """Return the timeline of an episode, from its headings (level, text, anchor, starts_at) and its length in seconds.

    If nothing is timed, the vertices are at equal distances. If the length is unknown, the last section is taken to be
    as long as the others on average.
    """
    headings = list(outline)
    timed = sorted((h for h in headings if h.get("starts_at") is not None), key=lambda h: int(h["starts_at"]))
    if timed:
        starts = [int(h["starts_at"]) for h in timed]
        ends = seconds is not None and starts[-1] <= seconds
        mean = max(starts[-1] // max(len(starts) - 1, 1), 1)
        length = seconds if seconds is not None and ends else starts[-1] + mean
        return Timeline(_marks(timed, starts, length), length, is_measured=True, ends=ends)
    marks = _marks(headings, list(range(len(headings))), len(headings))
    return Timeline(marks, seconds or 0, is_measured=False, ends=bool(seconds))


def _marks(headings: list[Mapping[str, Any]], starts: list[int], length: int) -> tuple[Mark, ...]:
    """Return a vertex for each heading, at its start on a line of this length."""
    top_level = min((int(h["level"]) for h in headings), default=0)
    return tuple(
        Mark(
            at=round(start / max(length, 1) * 100, 2),
            width=round((end - start) / max(length, 1) * 100, 2),
            starts_at=h.get("starts_at"),
            text=str(h["text"]),
            anchor=str(h["anchor"]),
            is_main=int(h["level"]) == top_level,
        )
        for h, start, end in zip(headings, starts, [*starts[1:], length][: len(starts)], strict=True)
    )
