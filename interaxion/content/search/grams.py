"""Text cut into pieces that a database can index: the one tokenizer of search. Pure.

Words of alphabets with spaces (Latin, Greek, Cyrillic, digits) stay whole, with the beginnings that a visitor may have
typed of them; `19.5` and `mgb2` are words, `lk-99` is two. All other writing becomes pairs of neighbours and single
characters. A gram is the hash of such a piece: 32 bits, as PostgreSQL's integers.
"""

import re
import zlib
from collections.abc import Iterable
from operator import add

#: Rises when the same content begins to give other grams, another folded text or other rows; older ones are then
#: written anew.
TOKENIZER_VERSION = 2

#: What a visitor may have typed of a word so far is indexed up to this length.
LONGEST_BEGINNING = 6

_LETTER = "0-9a-z\u00aa\u00ba\u00df-\u00f6\u00f8-\u024f\u0250-\u02af\u0370-\u052f\u1e00-\u1fff"
WORD = re.compile(rf"[{_LETTER}]+(?:(?<=[0-9])\.(?=[0-9])[{_LETTER}]+)*")
_OTHER = re.compile(rf"[^\W_{_LETTER}]+")
# Where a word begins and ends: `5` does not begin in `19.5`, nor does `19` end there.
_BEGINS = rf"(?<![{_LETTER}])(?!(?<=[0-9]\.)[0-9])"
_ENDS = rf"(?![{_LETTER}])(?!(?<=[0-9])\.[0-9])"


def grams_of(text: str) -> set[int]:
    """The grams of a folded text, for the index."""
    pieces: set[str] = set()
    for word in set(WORD.findall(text)):
        pieces.add(word)
        pieces.update(_beginning(word[:length]) for length in range(1, min(len(word), LONGEST_BEGINNING) + 1))
    for run in _OTHER.findall(text):
        pieces.update(run)
        pieces.update(map(add, run, run[1:]))
    return set(map(_hash, pieces))


def grams_in_headings(headings: Iterable[str]) -> set[int]:
    """Grams that say: this stands in a title or a heading (folded)."""
    return {_in_heading(gram) for heading in headings for gram in grams_of(heading)}


def grams_of_term(term: str, *, is_open: bool) -> set[int]:
    """Grams that every text holding `term` (folded) has; an open term may end amid a word. Empty: no letter in it."""
    pieces: set[str] = set()
    for found in WORD.finditer(term):
        is_cut = is_open and found.end() == len(term)
        pieces.add(_beginning(found[0][:LONGEST_BEGINNING]) if is_cut else found[0])
    for run in _OTHER.findall(term):
        pieces.update(map(add, run, run[1:]) if len(run) > 1 else run)
    return set(map(_hash, pieces))


def pattern_of(term: str, *, is_open: bool) -> re.Pattern[str]:
    """Finds `term` (folded) in a folded text: its words as whole words, everything else wherever it stands."""
    pattern, end = "", 0
    for found in WORD.finditer(term):
        is_cut = is_open and found.end() == len(term)
        pattern += re.escape(term[end : found.start()]) + _BEGINS + re.escape(found[0]) + ("" if is_cut else _ENDS)
        end = found.end()
    return re.compile(pattern + re.escape(term[end:]))


def as_headings(grams: Iterable[int]) -> set[int]:
    """The same grams, asked of titles and headings only."""
    return set(map(_in_heading, grams))


def shelf_gram(shelf: str) -> int:
    """A gram that marks all rows of one sort, so that the index can be asked for these alone."""
    return _hash(f"shelf {shelf}")


def _beginning(letters: str) -> str:
    return "^" + letters


def _hash(piece: str) -> int:
    return zlib.crc32(piece.encode(errors="surrogatepass")) - 2**31


def _in_heading(gram: int) -> int:
    return zlib.crc32(gram.to_bytes(4, "big", signed=True)) - 2**31
