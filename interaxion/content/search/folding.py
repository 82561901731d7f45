"""What search takes for the same spelling. Pure.

Full and half width (NFKC), case, katakana and hiragana, with and without the long-vowel mark, one dash for all dashes,
Latin letters without accents. Marks of kana stay: が is not か. Lines stay lines.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

_KATAKANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
_SAME = _KATAKANA | _DASHES
_LONG_VOWEL = re.compile("(?<=[ぁ-ゖ])ー+")
_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_MARKS_ON_LATIN = re.compile("(?<=[a-z\u00c0-\u024f\u1e00-\u1eff])[\u0300-\u036f]+")


def fold(text: str) -> str:
    return _LONG_VOWEL.sub("", _fold_marks(text))


def fold_exact(text: str) -> str:
    """For words in quotes: width and case alone."""
    return unicodedata.normalize("NFKC", text).casefold()


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """`fold(text)`, and for each of its characters the index in `text` of what it comes from, and the end."""
    folded: list[str] = []
    places: list[int] = []
    for start, cluster in _clusters(text):
        for character in _fold_cluster(cluster):
            if character == "ー" and folded and "ぁ" <= folded[-1] <= "ゖ":
                continue
            folded.append(character)
            places.append(start)
    return "".join(folded), [*places, len(text)]


def _fold_marks(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold().translate(_SAME)
    text = _MARKS_ON_LATIN.sub("", text)
    return _ACCENTED.sub(_without_accent, text)


def _without_accent(found: re.Match[str]) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", found[0]) if not unicodedata.combining(c))


@lru_cache(maxsize=20_000)
def _fold_cluster(cluster: str) -> str:
    return _fold_marks(cluster)


def _clusters(text: str) -> list[tuple[int, str]]:
    """The characters, each with the marks behind it that NFKC may join to it."""
    starts = [i for i, character in enumerate(text) if i == 0 or not _joins(character)]
    return [(start, text[start:end]) for start, end in pairwise([*starts, len(text)])]


@lru_cache(maxsize=20_000)
def _joins(character: str) -> bool:
    first = unicodedata.normalize("NFKD", character)[0]
    # Marks of any script, and the vowels and final consonants of Hangul written in parts.
    return unicodedata.category(first).startswith("M") or "\u1160" <= first <= "\u11ff"
