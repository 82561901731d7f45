"""Shortening of a text for lists: cut between phrases, so that no word and no idea is torn apart."""

import re

from interaxion.text.japanese.line_breaks import split_phrases

_SENTENCE = re.compile(r".+?(?:[。！？!?]|\.(?=\s|\Z))")
_WORDS = re.compile(r"\S+\s*")
#: What may stand before an ellipsis only as a remainder of what was cut.
_LOOSE_END = "、，,・（(「『[:：;；-–— "


def shorten(text: str, longest: int) -> str:
    """Return the text with at most `longest` characters, the ellipsis included. What ends a sentence is kept."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    kept = ""
    for piece in (word for phrase in split_phrases(text) for word in _WORDS.findall(phrase)):
        if len(kept) + len(piece.rstrip()) >= longest:
            break
        kept += piece
    kept = kept or text[: longest - 1]
    return kept.rstrip(_LOOSE_END) + "…"


def first_sentence(text: str, longest: int) -> str:
    """Return the first sentence of a text, shortened if it is longer than that."""
    line = text.strip().partition("\n")[0]
    sentence = _SENTENCE.match(line)
    return shorten(sentence[0] if sentence else line, longest)
