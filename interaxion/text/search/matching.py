"""Patterns that find a term in a text, as it is typed and in its other spellings. Letters are folded (see `folding`).

Words of scripts with spaces match as whole words, but an open term may match the beginning of one; all other writing
matches anywhere. The other spellings: with or without a hyphen in a word; with a space, ・ or nothing between Japanese
letters; kana of either script, with or without the long-vowel mark.

The shorter a word, the fewer differences are allowed; else カード would match in のかどうか, and キー in テキスト. So a
term with kana of one or two letters (コーヒー counts as two) matches only with its long vowels as they are typed. If it
has at most two characters even with them (キー, イカ), it matches in the other script only as a word of its own: not
within longer katakana, and not as hiragana next to other letters, which would be an inflection.
"""

import re
from itertools import pairwise

from interaxion.text.search.folding import KATAKANA
from interaxion.text.search.grams import DIVIDER, LETTER, OTHER, WORDS, close_up, ends_open

#: Terms with kana of up to so many letters, without long vowels, match only as they are typed.
SHORT = 2
#: Engineers drop the long vowel at the end of words that keep at least so many letters: ユーザ, but not キ.
_DROPS_LONG_VOWEL = 3

_HIRAGANA = {hiragana: katakana for katakana, hiragana in KATAKANA.items()}
_HAS_KANA = re.compile("[ぁ-ゖァ-ヶ]")
_RUN_OF_KANA = re.compile("[ぁ-ゖ][ぁ-ゖー]*|[ァ-ヶ][ァ-ヶー]*")
_PIECES = re.compile(rf"(?P<words>{WORDS.pattern})|(?P<writing>{OTHER}(?:{DIVIDER}?{OTHER})*)|(?P<other>.)", re.DOTALL)
_ENDS = rf"(?![{LETTER}])(?!(?<=[0-9])\.[0-9])"


def typed_pattern(term: str, *, is_open: bool) -> re.Pattern[str]:
    """Return the pattern for `term` as it is typed."""
    pattern, end = "", 0
    for found in WORDS.finditer(term):
        pattern += re.escape(term[end : found.start()]) + _begun_with(found[0])
        pattern += "" if is_open and ends_open(found) else _ENDS
        end = found.end()
    return re.compile(pattern + re.escape(term[end:]) + _long_vowels(term))


def loose_pattern(term: str, *, is_open: bool) -> re.Pattern[str]:
    """Return the pattern for `term` in all its spellings, the typed one included."""
    is_short = len(close_up(term)) <= SHORT and _HAS_KANA.search(term)
    pattern = ""
    for piece in _PIECES.finditer(term):
        if words := piece["words"]:
            pattern += _with_or_without_hyphens(words) + ("" if is_open and ends_open(piece) else _ENDS)
        elif writing := piece["writing"]:
            pattern += _RUN_OF_KANA.sub(_in_its_script, writing) if is_short else _in_any_spelling(writing)
        else:
            pattern += re.escape(piece["other"])
    return re.compile(pattern)


def number_pattern(number: str) -> re.Pattern[str]:
    """Return the pattern for an episode number, in titles and mentions: `36: title`, `第36回`, `#36`, `Ep. 36`."""
    whole = _begun_with(number) + _ENDS
    named = rf"(?:#|エピソード ?|(?<![{LETTER}])ep(?:isode)?(?:\. ?| )){whole}"
    return re.compile(rf"{named}|{whole}(?: ?[回話]|(?=:(?![0-9])))")


def _in_any_spelling(writing: str) -> str:
    return f"{DIVIDER}?".join(_in_either_script(letter) + _long_vowels(letter) for letter in close_up(writing))


def _in_either_script(letter: str) -> str:
    katakana = _HIRAGANA.get(ord(letter))
    return f"[{letter}{chr(katakana)}]" if katakana else re.escape(letter)


def _in_its_script(found: re.Match[str]) -> str:
    """Return the pattern for a run of kana in a short term: as it is typed, or as its own word in the other script."""
    run = found[0]
    bare = run.rstrip("ー")
    typed = bare if len(bare) >= _DROPS_LONG_VOWEL else run
    is_hiragana = ord(run[0]) in _HIRAGANA
    other = typed.translate(_HIRAGANA if is_hiragana else KATAKANA)
    if len(run) <= SHORT:
        letter = "[ァ-ヶー]" if is_hiragana else OTHER
        other = f"(?<!{letter}){other}(?!ー*{letter})"
    return f"(?:{typed}|{other})ー*"


def _long_vowels(text: str) -> str:
    """Return the pattern for long-vowel marks after the last letter, which belong to it."""
    return "ー*" if _HAS_KANA.match(text[-1:]) or text[-1:] == "ー" else ""


def _with_or_without_hyphens(words: str) -> str:
    letters = words.replace("-", "")
    pattern = _begun_with(letters[0])
    for before, letter in pairwise(letters):
        divides = "." in (before, letter) or (before.isdigit() and letter.isdigit())
        pattern += ("" if divides else "-?") + re.escape(letter)
    return pattern


def _begun_with(letters: str) -> str:
    """Return the pattern for these letters at the beginning of a word: `5` does not begin one in `19.5`.

    The look-behind stands after the literal, so that `re` can search for the literal first.
    """
    letters, is_number = re.escape(letters), letters[0].isdigit()
    return rf"{letters}(?<![{LETTER}]{letters})" + (rf"(?<![0-9]\.{letters})" if is_number else "")
