"""The folding of search as a table, for programs that are not Python: a browser that searches in a site of files.

A reader of the table takes NFKC, then small letters, then replaces the longest entry at each place, then leaves out
what `DROPPED` matches. Both are in the syntax of JavaScript and Python alike.
"""

import unicodedata
from functools import cache

from interaxion.text.search.folding import fold

#: Marks on Latin letters, and the long vowel after hiragana.
DROPPED = "(?<=[a-z])[\u0300-\u036f]+|(?<=[ぁ-ゖ])ー+"
_VU, _SMALL = "ヴゔ", "ァィェォャュョぁぃぇぉゃゅょ"
#: Planes 0 to 3 hold all letters; above them are private ones and variation selectors.
_LAST = 0x323AF
_SELECTORS = range(0xE0100, 0xE01F0)


@cache
def folding_table() -> dict[str, str]:
    """Return what becomes of each character, and of each pair of kana, that the folding changes."""
    pairs = {vu + small: fold(vu + small) for vu in _VU for small in _SMALL}
    characters = map(chr, (*range(0x80, 0xD800), *range(0xE000, _LAST), *_SELECTORS))
    singles = {each: fold(each) for each in characters if unicodedata.normalize("NFKC", each).lower() == each}
    changed = {each: folded for each, folded in singles.items() if folded != each}
    return {**changed, **{pair: folded for pair, folded in pairs.items() if _by_characters(pair, changed) != folded}}


def _by_characters(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(each, each) for each in text)
