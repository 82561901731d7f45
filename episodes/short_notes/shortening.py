"""Shortening texts: cutting them at a width."""

from episodes.short_notes.outline import Line, OutlineLink, columns


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
