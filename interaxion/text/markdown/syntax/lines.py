"""Preparing the source line by line, before it is parsed."""

import re

from interaxion.text.characters import UNPRINTABLE

_FENCE = re.compile(r"\s*(?:>\s?)*(?:(?:[-*+]|\d{1,9}[.)])\s+)*(`{3,}|~{3,})(.*)$")


class Fence:
    """Tracks whether the lines read so far end inside a fenced code block (CommonMark 0.31 §4.5)."""

    def __init__(self) -> None:
        self._open = ""

    @property
    def inside(self) -> bool:
        return bool(self._open)

    def read(self, line: str) -> None:
        found = _FENCE.match(line)
        if not found:
            return
        marks, rest = found[1], found[2]
        if not self._open:
            if marks[0] == "~" or "`" not in rest:
                self._open = marks
        elif marks[0] == self._open[0] and len(marks) >= len(self._open) and not rest.strip():
            self._open = ""


def printable(source: str) -> str:
    """Normalise line ends, and replace the characters that no output can hold by U+FFFD."""
    return UNPRINTABLE.sub("\ufffd", source.replace("\r\n", "\n").replace("\r", "\n"))
