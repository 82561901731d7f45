"""Shortening texts: titles without the name of their site, and texts cut at a width."""

import re
import unicodedata

from episodes.short_notes.outline import Line, OutlineLink

#: The name of the site behind the title of a page: ` - Wikipedia`, `｜NHK`.
_SITE_NAME = re.compile(r"(?:\s+[-–—|:/]\s+|\s*[｜|]\s*)[^-–—|｜]{1,60}$")
_SHORTEST = 4  # columns of a title that still says something


def without_site_name(title: str) -> str:
    shorter = _SITE_NAME.sub("", title)
    return shorter if columns(shorter) >= _SHORTEST else title


def clip(text: str, width: int) -> str:
    """Return `text` in at most `width` columns, ending in … if it was cut; "" if there is no room for any of it."""
    if columns(text) <= width:
        return text
    room = width - 1
    for index, character in enumerate(text):
        room -= columns(character)
        if room < 0:
            return text[:index].rstrip() + "…" if index else ""
    return text


def clip_line(line: Line, width: int) -> Line:
    """Cut a line of text and links like `clip`."""
    kept: list[str | OutlineLink] = []
    for piece in line:
        text = piece.text if isinstance(piece, OutlineLink) else piece
        shorter = clip(text, width)
        if shorter:
            kept.append(OutlineLink(piece.url, shorter) if isinstance(piece, OutlineLink) else shorter)
        if shorter != text:
            break
        width -= columns(text)
    return kept


def columns(text: str) -> int:
    """Return the width of a text: 2 columns for each kanji and other wide character, 1 for each letter (UAX #11)."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
