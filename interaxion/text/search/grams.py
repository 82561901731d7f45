"""The tokenizer of search: text cut into n-grams that a database can index.

Words of scripts with spaces (Latin, Greek, Cyrillic, digits) stay whole, and their beginnings are indexed, too, for a
visitor who has typed only a part; `19.5` and `mgb2` are words, `lk-99` gives `lk`, `99` and `lk99`. All other writing
(Japanese) becomes bigrams and unigrams of its characters, with kana folded. A gram is the CRC-32 of such a piece, as a
signed 32-bit integer, the size of PostgreSQL's `integer`.
"""

import re
import zlib
from array import array
from collections.abc import Iterable
from functools import lru_cache
from operator import add

from interaxion.text.search.folding import fold_kana

#: Raise it when the same content gives other grams, another folded text or other rows: older rows are then rewritten.
TOKENIZER_VERSION = 6

#: Beginnings of words are indexed up to this many characters.
LONGEST_BEGINNING = 6

#: Parts of a word with hyphens that are indexed as one.
MOST_PARTS = 16

LETTER = "0-9a-z\u00aa\u00ba\u00df-\u00f6\u00f8-\u024f\u0250-\u02af\u0370-\u052f\u1e00-\u1fff"
#: A letter of a script without spaces between words: kana, kanji and every letter that is not in `LETTER`; emoji, too.
OTHER = rf"(?:[^\W_{LETTER}]|[\u2600-\u27bf\U0001f300-\U0001faff])"
_WORD = rf"[{LETTER}]+(?:(?<=[0-9])\.(?=[0-9])[{LETTER}]+)*"
#: Words, including those with hyphens that some people leave out: `lk-99`, `c-s-h`, `spring-8`. Between digits a hyphen
#: has a meaning (`10-20`, `2024-06`) and separates words.
WORDS = re.compile(rf"{_WORD}(?:-(?:(?<![0-9]-)|(?![0-9])){_WORD})*")
#: Separators between letters of such scripts, which people may also leave out.
DIVIDER = "[ ・]"
_DIVIDED = re.compile(rf"{DIVIDER}(?<={OTHER}.)(?={OTHER})")
#: Characters of the longest line whose grams are remembered.
REMEMBERED = 4_000
_RUNS = re.compile(f"{OTHER}+")


def grams_of(text: str) -> set[int]:
    """Return the grams of a text whose letters are folded, for the index. None goes beyond a line."""
    lines = text.split("\n")
    return set().union(*(_remembered(line) if len(line) <= REMEMBERED else _grams_of_line(line) for line in lines))


@lru_cache(maxsize=500)  # a text that is saved again has one or two other lines; at most 24 MB
def _remembered(line: str) -> "array[int]":
    return array("i", _grams_of_line(line))


def _grams_of_line(line: str) -> set[int]:
    pieces: set[str] = set()
    for words in set(WORDS.findall(line)):
        parts = words.split("-")
        for first in range(len(parts)):
            joined = ""
            for part in parts[first : first + MOST_PARTS]:
                joined += part
                pieces.add(joined)
            pieces.update(map(_beginning, (joined[:length] for length in range(2, LONGEST_BEGINNING + 1))))
    for run in set(_RUNS.findall(close_up(line))):
        pieces.update(run)
        pieces.update(map(add, run, run[1:]))
    return set(map(_hash, pieces))


def grams_in_headings(headings: Iterable[str]) -> set[int]:
    """Return the grams that mark the words of titles and headings."""
    return {_in_heading(gram) for heading in headings for gram in grams_of(heading)}


def grams_of_term(term: str, *, is_open: bool) -> set[int]:
    """Return the grams that every text with `term` has, in whatever spelling; empty if the term has no letters."""
    pieces: set[str] = set()
    for found in WORDS.finditer(term):
        joined = "".join(found[0].split("-")[:MOST_PARTS])
        is_cut = is_open and ends_open(found)
        pieces.add(_beginning(joined[:LONGEST_BEGINNING]) if is_cut else joined)
    # A long-vowel mark at the start belongs to a letter before the term.
    for run in _RUNS.findall(close_up(term).lstrip("ー")):
        pieces.update(map(add, run, run[1:]) if len(run) > 1 else run)
    return set(map(_hash, pieces))


def ends_open(words: re.Match[str]) -> bool:
    """Whether the last word of a term may be the beginning of a longer one. A single letter may not: `R`, `C`, `7`."""
    return words.end() == len(words.string) and len(words[0]) > 1


def close_up(text: str) -> str:
    """Fold kana and remove the separators between Japanese letters: テッド・チャン → てっどちゃん."""
    return _DIVIDED.sub("", fold_kana(text))


def as_headings(grams: Iterable[int]) -> set[int]:
    """Turn grams of a term into those that only titles and headings have."""
    return set(map(_in_heading, grams))


def shelf_gram(shelf: str) -> int:
    """Return the gram that marks all rows of one kind, so that the index can be filtered by it."""
    return _hash(f"shelf {shelf}")


def _beginning(letters: str) -> str:
    return "^" + letters


def _hash(piece: str) -> int:
    return zlib.crc32(piece.encode(errors="surrogatepass")) - 2**31


def _in_heading(gram: int) -> int:
    return zlib.crc32(gram.to_bytes(4, "big", signed=True)) - 2**31
