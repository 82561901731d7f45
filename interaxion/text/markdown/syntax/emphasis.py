"""Emphasis in Chinese, Japanese and Korean.

CommonMark decides by spaces and punctuation whether `**` opens or closes, and so does not recognise
`**「強調」**です`. As in https://github.com/tats-u/markdown-cjk-friendly, a CJK character on either side counts as
the space that Japanese does not write. `_` follows the specification. What stays open by these rules is closed as in
kramdown: `late_closings`.
"""

import re
import unicodedata

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.emphasis import tokenize
from markdown_it.rules_inline.state_inline import Delimiter

from interaxion.text.markdown.syntax.late_closings import may_close_late

# CJK punctuation, kana, bopomofo, Hangul, ideographs, compatibility and full-width forms, and the planes of
# further ideographs; variation selectors, because one may stand between the character and the `*`.
_CJK = re.compile(
    "[\u1100-\u11ff\u20a9\u2329\u232a\u2630-\u2637\u268a-\u268f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf"
    "\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uffbe\uffe0-\uffe6"
    "\U0001aff0-\U0001b2ff\U0001f200-\U0001f265\U00020000-\U0003fffd\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
# A formula of capital letters and counts, as in the adsorbed species *CO, *CH3 and *N2.
_FORMULA = re.compile(r"(?:[A-Z][a-z]?[0-9₀-₉]*)+(?![A-Za-z])")


def cjk_emphasis(md: MarkdownIt) -> None:
    md.inline.ruler.at("emphasis", _tokenize)
    md.inline.ruler.at("strikethrough", _tokenize_strikethrough)


def _tokenize(state: StateInline, silent: bool) -> bool:
    if silent or state.src[state.pos] != "*":
        return tokenize(state, silent)
    length, opens, closes = _scan(state, state.pos)
    for _ in range(length):
        state.push("text", "", 0).content = "*"
        state.delimiters.append(
            Delimiter(
                marker=ord("*"),
                length=length,
                token=len(state.tokens) - 1,
                end=-1,
                open=opens,
                close=closes,
            )
        )
    state.pos += length
    return True


def _tokenize_strikethrough(state: StateInline, silent: bool) -> bool:
    """The stock rule (GFM §6.5), with our rule of what opens and closes: `これは~~（旧）~~新しい`."""
    if silent or state.src[state.pos] != "~":
        return False
    length, opens, closes = _scan(state, state.pos)
    if length < 2:
        return False
    for size in ([1] if length % 2 else []) + [2] * (length // 2):
        state.push("text", "", 0).content = "~" * size
        if size == 2:
            state.delimiters.append(
                Delimiter(marker=ord("~"), length=0, token=len(state.tokens) - 1, end=-1, open=opens, close=closes)
            )
    state.pos += length
    return True


def _scan(state: StateInline, start: int) -> tuple[int, bool, bool]:
    """Return the length of a run of marks, and whether it can open and close emphasis (CommonMark 0.31 §6.2)."""
    marker = state.src[start]
    end = start
    while end < state.posMax and state.src[end] == marker:
        end += 1
    before = state.src[start - 1] if start else " "
    after = state.src[end] if end < state.posMax else " "
    wide = bool(_CJK.match(before) or _CJK.match(after))

    space_before, space_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    opens = not space_after and (
        not _is_punctuation(after) or space_before or _is_punctuation(before) or (wide and not _ends(after))
    )
    closes = not space_before and (
        not _is_punctuation(before) or space_after or _is_punctuation(after) or (wide and not _begins(before))
    )
    is_species = marker == "*" and end - start == 1 and not space_before and _marks_a_species(state.src, start)
    if is_species:
        closes = False
    elif not closes and not space_before and not _begins(before):
        may_close_late(state, end - start, after)
    return end - start, opens, closes


def _marks_a_species(text: str, star: int) -> bool:
    """Whether this `*` and the previous one are both followed by a formula: `2つの*COと*CHO` is not emphasis."""
    previous = text.rfind("*", 0, star)
    return previous >= 0 and all(_FORMULA.match(text, at + 1) for at in (previous, star))


def _begins(character: str) -> bool:
    """Whether it is an opening bracket: emphasis does not close after it."""
    return unicodedata.category(character) in {"Ps", "Pi"}


def _ends(character: str) -> bool:
    """Whether it is a closing bracket or ends a clause: emphasis does not open before it."""
    return unicodedata.category(character) in {"Pe", "Pf"} or character in "、。，．！？"


def _is_punctuation(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)
