"""Reading the source by lines, before it is parsed."""

import re

from interaxion.text.characters import UNPRINTABLE

_FENCE = re.compile(r"\s*(?:>\s?)*(?:(?:[-*+]|\d{1,9}[.)])\s+)*(`{3,}|~{3,})(.*)$")


class Fence:
    """Whether the lines read so far end inside a fenced code block (CommonMark 0.31 §4.5)."""

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
    """The source with one kind of line end, and a replacement character for what no output can carry."""
    return UNPRINTABLE.sub("\ufffd", source.replace("\r\n", "\n").replace("\r", "\n"))
