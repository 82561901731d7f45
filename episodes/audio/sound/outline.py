"""The outline of a sound: how loud each of equal stretches is, in a byte each, and as the path of a drawing."""

from collections.abc import Sequence
from itertools import groupby

#: Stretches: about one for each pixel or two of the line.
STRETCHES = 400
#: LU from the top of the drawing to its middle: pauses and quiet speech are seen, rustling is not.
DEPTH = 30.0
#: Units above and below the middle of the drawing.
HEIGHT = 12


def outline_of(momentary: Sequence[float], quietest: float) -> bytes:
    """Return the loudest moment of each stretch: 255 is that of all, 0 is DEPTH below it, or `quietest` (LUFS)."""
    if not momentary:
        return b""
    quietest = max(quietest, max(momentary) - DEPTH)
    room = max(max(momentary) - quietest, 1.0)
    count = min(STRETCHES, len(momentary))
    edges = [place * len(momentary) // count for place in range(count + 1)]
    loudest = (max(momentary[start:end]) for start, end in zip(edges, edges[1:], strict=False))
    return bytes(min(max(round((level - quietest) / room * 255), 0), 255) for level in loudest)


def draw_outline(outline: bytes) -> str:
    """Return the path of an SVG: as wide as the outline is long, in steps, the same above and below the middle."""
    steps = [(height, len(list(same))) for height, same in groupby(round(each * HEIGHT / 255) for each in outline)]
    return "".join("M0 0" + "".join(f"V{sign * height}h{width}" for height, width in steps) + "V0z" for sign in (-1, 1))
