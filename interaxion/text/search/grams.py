"""Text cut into pieces that a database can index: the one tokenizer of search. Pure.

Words of alphabets with spaces (Latin, Greek, Cyrillic, digits) stay whole, with the beginnings that a visitor may have
typed of them; `19.5` and `mgb2` are words, `lk-99` is `lk`, `99` and `lk99`. All other writing becomes pairs of
neighbours and single characters, its kana folded. A gram is the hash of such a piece: 32 bits, as integers of
PostgreSQL have.
"""

import re
import zlib
from collections.abc import Iterable
from operator import add

from interaxion.text.search.folding import fold_kana

#: Rises when the same content begins to give other grams, another folded text or other rows; older ones are then
#: written anew.
TOKENIZER_VERSION = 4

#: What a visitor may have typed of a word so far is indexed up to this length.
LONGEST_BEGINNING = 6

LETTER = "0-9a-z\u00aa\u00ba\u00df-\u00f6\u00f8-\u024f\u0250-\u02af\u0370-\u052f\u1e00-\u1fff"
#: A letter of writing without spaces between words: kana, kanji and whatever else is no word of the above.
OTHER = rf"[^\W_{LETTER}]"
_WORD = rf"[{LETTER}]+(?:(?<=[0-9])\.(?=[0-9])[{LETTER}]+)*"
#: Words, also with hyphens in them that some leave out: `lk-99`, `c-s-h`, `spring-8`. Between digits a hyphen says
#: more (`10-20`, `2024-06`) and divides.
WORDS = re.compile(rf"{_WORD}(?:-(?:(?<![0-9]-)|(?![0-9])){_WORD})*")
#: What may stand between two letters of such writing, or be left out.
DIVIDER = "[ ・]"
_DIVIDED = re.compile(rf"{DIVIDER}(?<={OTHER}.)(?={OTHER})")
_RUNS = re.compile(f"{OTHER}+")


def grams_of(text: str) -> set[int]:
    """The grams of a text whose letters are folded, for the index."""
    pieces: set[str] = set()
    for words in set(WORDS.findall(text)):
        parts = words.split("-")
        for first in range(len(parts)):
            joined = ""
            for part in parts[first:]:
                joined += part
                pieces.add(joined)
            pieces.update(map(_beginning, (joined[:length] for length in range(2, LONGEST_BEGINNING + 1))))
    for run in _RUNS.findall(close_up(text)):
        pieces.update(run)
        pieces.update(map(add, run, run[1:]))
    return set(map(_hash, pieces))


def grams_in_headings(headings: Iterable[str]) -> set[int]:
    """Grams that say: this stands in a title or a heading."""
    return {_in_heading(gram) for heading in headings for gram in grams_of(heading)}


def grams_of_term(term: str, *, is_open: bool) -> set[int]:
    """Grams that every text holding `term` in any spelling has. Empty: there is no letter in it."""
    pieces: set[str] = set()
    for found in WORDS.finditer(term):
        joined = found[0].replace("-", "")
        is_cut = is_open and ends_open(found)
        pieces.add(_beginning(joined[:LONGEST_BEGINNING]) if is_cut else joined)
    # A long-vowel mark in front belongs to a letter that is not asked for.
    for run in _RUNS.findall(close_up(term).lstrip("ー")):
        pieces.update(map(add, run, run[1:]) if len(run) > 1 else run)
    return set(map(_hash, pieces))


def ends_open(words: re.Match[str]) -> bool:
    """Whether these words of a term may go on where the term ends. One letter or digit is a name: `R`, `C`, `7`."""
    return words.end() == len(words.string) and len(words[0]) > 1


def close_up(text: str) -> str:
    """Its kana folded, and nothing between Japanese letters that some leave out: テッド・チャン is てっどちゃん."""
    return _DIVIDED.sub("", fold_kana(text))


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
