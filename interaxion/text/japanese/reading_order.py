"""The order in which Japanese readers look names up: 五十音, then Latin letters, then kanji without a reading. Pure.

As in a dictionary, a name stands by its kana without marks, small kana as large ones: じゅん before しょう before すず.
Marks tell apart only what is otherwise the same. One order for lists made in Python and on both databases.
"""

import re
import unicodedata

from interaxion.text.search.folding import fold

_MARKS = re.compile("[\u3099\u309a]")
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
KANA, OTHER, KANJI = range(3)


def reading_key(name: str, reading: str = "") -> tuple[int, str, str, str]:
    """What to sort by. Who has no reading stands where the name itself can be read."""
    folded = fold(reading or name)
    plain = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", folded))).translate(_SMALL)
    return _script(plain), plain, folded, name


def _script(text: str) -> int:
    first = text[:1]
    if "ぁ" <= first <= "ゟ":
        return KANA
    return KANJI if "㐀" <= first <= "鿿" or "\U00020000" <= first <= "\U0003ffff" else OTHER
