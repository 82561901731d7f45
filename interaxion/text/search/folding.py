"""Folding (normalisation) of text for search: spellings that count as the same become the same.

Folding letters unifies full and half width (NFKC), case and dashes, and takes accents from Latin letters; kana stay as
they are written, but for ヴァ, which is バ. Variant kanji of names (髙) count as the common one.
Texts are stored and matched in this form. Folding kana, too, unifies katakana and hiragana, with and
without the long-vowel mark. The index is made from this form, and names are compared in it. Voicing marks of kana
stay: が is not か. Line breaks stay.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import Any

from interaxion.text.characters import normalise

_KATAKANA_RUNS = re.compile("[ァ-ヶヽヾ]+")
KATAKANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
#: NFKC makes the full-width tilde `～` of Windows `~`, but leaves the wave dash `〜` of macOS as it is.
_WAVES = {0x301C: "~"}
#: They choose the shape of the character before them: https://www.unicode.org/reports/tr37/
_VARIATION_SELECTORS = dict.fromkeys((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
#: Kanji that are written in several ways in names, and the way that most people type.
_VARIANTS = str.maketrans(
    "髙﨑邉邊齋齊斎澤濱廣國嶋嶌舘𠮷黑與惠德學體會實櫻瀨龍條眞壽榮圓冨峯曾淺桒渕栁籔檜",
    "高崎辺辺斉斉斉沢浜広国島島館吉黒与恵徳学体会実桜瀬竜条真寿栄円富峰曽浅桑淵柳薮桧",
)
_LETTERS: dict[int, Any] = {**_DASHES, **_WAVES, **_VARIATION_SELECTORS, **_VARIANTS}
_LETTERS_TO_FOLD = frozenset(map(chr, _LETTERS))
#: ヴァイオリン is バイオリン, レヴュー is レビュー.
_VU = re.compile("ヴ[ァィェォャュョ]?|ゔ[ぁぃぇぉゃゅょ]?")
_BU = {"ァ": "バ", "ィ": "ビ", "": "ブ", "ェ": "ベ", "ォ": "ボ", "ャ": "ビャ", "ュ": "ビュ", "ョ": "ビョ"}
_BU_OF_HIRAGANA = {"ぁ": "ば", "ぃ": "び", "": "ぶ", "ぇ": "べ", "ぉ": "ぼ", "ゃ": "びゃ", "ゅ": "びゅ", "ょ": "びょ"}
_ENDS_IN_VU = re.compile("(?:[ヴゔ]|[ウうｳ][\u3099ﾞ])\\Z")
_SMALL = frozenset("ァィェォャュョｧｨｪｫｬｭｮぁぃぇぉゃゅょ")
_LONG_VOWEL = re.compile("(?<=[ぁ-ゖ])ー+")
_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_MARKS_ON_LATIN = re.compile("(?<=[a-z\u00c0-\u024f\u1e00-\u1eff])[\u0300-\u036f]+")


def fold(text: str) -> str:
    """Fold letters and kana."""
    return fold_kana(fold_letters(text))


def fold_letters(text: str) -> str:
    """Fold letters only; kana stay as they are written."""
    text = normalise(text).casefold()
    for letter in _LETTERS_TO_FOLD.intersection(text):  # none folds to another; str.translate() takes thrice as long
        text = text.replace(letter, letter.translate(_LETTERS))
    text = _MARKS_ON_LATIN.sub("", text)
    text = _VU.sub(_as_bu, text)
    return _ACCENTED.sub(_without_accent, text)


def fold_kana(letters: str) -> str:
    """Fold the kana of a text whose letters are folded already."""
    return _LONG_VOWEL.sub("", _KATAKANA_RUNS.sub(_as_hiragana, letters))


def fold_letters_with_places(text: str) -> tuple[str, list[int]]:
    """Return `fold_letters(text)`, and for each of its characters the index of its origin in `text`; last, the end."""
    folded: list[str] = []
    places: list[int] = []
    for start, cluster in _clusters(text):
        letters = _fold_cluster(cluster)
        folded.append(letters)
        places += [start] * len(letters)
    return "".join(folded), [*places, len(text)]


def _as_hiragana(found: re.Match[str]) -> str:
    return found[0].translate(KATAKANA)  # of a whole text it takes thrice as long as to look for runs


def _as_bu(found: re.Match[str]) -> str:
    syllables = _BU if found[0][0] == "ヴ" else _BU_OF_HIRAGANA
    return syllables[found[0][1:]]


def _without_accent(found: re.Match[str]) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", found[0]) if not unicodedata.combining(c))


@lru_cache(maxsize=20_000)
def _fold_cluster(cluster: str) -> str:
    return fold_letters(cluster)


def _clusters(text: str) -> list[tuple[int, str]]:
    """Return start and text of each character, with the marks after it that NFKC may join to it."""
    starts = [i for i, each in enumerate(text) if i == 0 or not (_joins(each) or _ends_vu(text, i))]
    return [(start, text[start:end]) for start, end in pairwise([*starts, len(text)])]


def _ends_vu(text: str, at: int) -> bool:
    """Whether the character is the small one of ヴァ, which folds as one syllable."""
    return text[at] in _SMALL and _ENDS_IN_VU.search(text, max(0, at - 2), at) is not None


@lru_cache(maxsize=20_000)
def _joins(character: str) -> bool:
    first = unicodedata.normalize("NFKD", character)[0]
    # Marks of any script, and the vowels and final consonants of decomposed Hangul.
    return unicodedata.category(first).startswith("M") or "\u1160" <= first <= "\u11ff"
