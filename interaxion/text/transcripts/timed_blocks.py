"""The blocks of WebVTT and SubRip: a line of times, lines of text, an empty line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from interaxion.text.source_errors import SourceError, gettext_noop
from interaxion.text.transcripts.clock import parse_times

_LINE_END = re.compile(r"\r\n|\r|\n")
ARROW = "-->"


@dataclass
class Block:
    line: int  # of the times, counted from 1
    start: float
    end: float
    lines: list[str] = field(default_factory=list)


def split_lines(text: str) -> list[str]:
    """Return the lines, divided where editors do; `str.splitlines()` knows further signs."""
    return _LINE_END.split(text)


def read_blocks(file: str, lines: Sequence[str], first: int = 0, *, gaps: bool = False) -> Iterator[Block]:
    """Yield the blocks from the line `first` on; the lines of texts that are none of times are left out.

    `gaps`: a text may have empty lines, as in SubRip. Raises SourceError with the line.
    """
    at, block = first, None
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        if ARROW not in lines[at] and at + 1 < len(lines) and ARROW in lines[at + 1]:
            at += 1  # the number or the name of the block
        if ARROW not in lines[at] and gaps and block is not None:
            at = _take_text(block, lines, at)
            continue
        if block:
            yield block
        times = parse_times(lines[at])
        if times is None:
            raise SourceError(
                file,
                at + 1,
                gettext_noop("here the times of the next piece are expected, not “%(text)s”"),
                gettext_noop("write them as 00:01:02.000 --> 00:01:05.000"),
                text=lines[at].strip()[:40],
            )
        block = Block(at + 1, *times)
        at = _take_text(block, lines, at + 1)
    if block:
        yield block


def _take_text(block: Block, lines: Sequence[str], at: int) -> int:
    """Add the lines up to an empty one, or to the next times, and return the index of the line after them."""
    while at < len(lines) and lines[at].strip() and parse_times(lines[at]) is None:
        block.lines.append(lines[at])
        at += 1
    return at
