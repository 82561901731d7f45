"""Guesses at a word that nothing holds: the same name in the other script, or a word that differs by one letter.

A guess is shown as one: the page says for which words it shows results.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from interaxion.text.search.folding import fold_kana
from interaxion.text.search.grams import LETTER

#: Letters that a word has at least to be mistyped, and sounds that a name has at least to be told by them.
SHORTEST_WORD = 4
FEWEST_SOUNDS = 3
#: Latin letters for one kana, at most.
LONGEST_SYLLABLE = 2.5

_LATIN = re.compile("[a-z]{2,}")
_KATAKANA = re.compile("[ァ-ヶ][ァ-ヶー]+")
_WORDS = re.compile(rf"[{LETTER}]{{3,}}|[ァ-ヶー]{{3,}}|[^\W{LETTER}]{{3,12}}")
#: Consonants as Japanese hears them: v is b, l is r, g is k, and all that hisses is one sound.
_SPELLINGS = (
    (re.compile("ph"), "f"),
    (re.compile("tsch|sch|tch|tz|ts|ch|sh|th"), "s"),
    (re.compile("ck|qu|q"), "k"),
    (re.compile("c(?=[eiy])"), "s"),
    (re.compile("x"), "ks"),
    (re.compile("m(?=[bpt])"), "n"),
    (re.compile("[zj]"), "s"),
    (re.compile("[cg]"), "k"),
    (re.compile("v"), "b"),
    (re.compile("l"), "r"),
)
_ROWS = {
    "k": "カキクケコガギグゲゴヵヶ", "s": "サシスセソザジズゼゾチヂツヅ", "t": "タテト", "d": "ダデド",
    "n": "ナニヌネノン", "h": "ハヒヘホ", "f": "フ", "b": "バビブベボヴ", "p": "パピプペポ", "m": "マミムメモ",
    "r": "ラリルレロ",
}  # fmt: skip
_SOUND_OF = {kana: sound for sound, row in _ROWS.items() for kana in row}
_SILENT_R = re.compile("(?<=[aeiou])r(?![aeiouy])")


def words_in(line: str) -> Iterator[str]:
    """Yield the words of a line with folded letters that may be meant, and pairs of neighbours in Latin letters."""
    yield from _WORDS.findall(line)
    latin = list(_LATIN.finditer(line))
    yield from (f"{a[0]} {b[0]}" for a, b in pairwise(latin) if line[a.end() : b.start()] == " ")


def in_other_script(typed: str, words: Iterable[str]) -> str:
    """Return the word that sounds like `typed` but is written in katakana instead of Latin letters, or the reverse."""
    is_katakana = bool(_KATAKANA.fullmatch(typed))
    if not is_katakana and not _LATIN.fullmatch(typed.replace(" ", "")):
        return ""
    sounds = _sounds(typed)
    if not any(len(each) >= FEWEST_SOUNDS for each in sounds):
        return ""
    for word in words:
        katakana, latin = (typed, word) if is_katakana else (word, typed)
        is_pair = bool(_KATAKANA.fullmatch(katakana)) and latin.isascii() and latin[:1].isalpha()
        if is_pair and len(latin) <= LONGEST_SYLLABLE * len(katakana) and sounds & _sounds(word):
            return word
    return ""


def one_edit_away(typed: str, words: Iterable[str]) -> str:
    """Return the first word that differs from `typed` by one letter: another, one more, one less, two exchanged.

    A word of three kana is short for that: it is only taken for one with a kanji in place of a kana.
    """
    wanted = fold_kana(typed)
    found = ""
    for word in words:
        folded = fold_kana(word)
        if abs(len(folded) - len(wanted)) > 1 or folded == wanted or found:
            continue
        if len(wanted) >= SHORTEST_WORD and min(len(folded), len(wanted)) >= SHORTEST_WORD - 1:
            found = word if _is_one_edit(wanted, folded) else ""
        elif len(wanted) == len(folded) == SHORTEST_WORD - 1:
            found = word if _is_a_kanji_for_a_kana(wanted, folded) else ""
    return found


def _sounds(word: str) -> set[str]:
    """Return the consonants of a word; those of Latin letters also without an r that is not heard."""
    if not word.isascii():
        return {_once("".join(_SOUND_OF.get(kana, "") for kana in word))}
    return {_consonants(word), _consonants(_SILENT_R.sub("", word))}


def _consonants(word: str) -> str:
    for spelling, sound in _SPELLINGS:
        word = spelling.sub(sound, word)
    return _once(re.sub("[^a-z]|[aeiouwy]|(?<=[aeiou])h", "", word))


def _once(sounds: str) -> str:
    return re.sub(r"(.)\1+", r"\1", sounds)


def _is_one_edit(a: str, b: str) -> bool:
    if len(a) > len(b):
        a, b = b, a
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) == len(b):
        swapped = a[start : start + 2] == b[start : start + 2][::-1] and a[start + 2 :] == b[start + 2 :]
        return a[start + 1 :] == b[start + 1 :] or swapped
    return a[start:] == b[start + 1 :]


def _is_a_kanji_for_a_kana(a: str, b: str) -> bool:
    differences = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return len(differences) == 1 and any("一" <= letter <= "鿿" for letter in differences[0])
