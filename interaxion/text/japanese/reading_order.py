"""Sort keys (collation) for Japanese names: 五十音 order, then Latin letters, then kanji without a reading.

As in a dictionary, names are sorted by their kana without voicing marks, small kana as large ones: じゅん before しょう
before すず. The marks count only between names that are otherwise the same. The order is the same for lists sorted in
Python and on both databases.
"""

import re
import unicodedata
from collections.abc import Sequence

from interaxion.text.search.folding import fold

_MARKS = re.compile("[\u3099\u309a]")
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
KANA, OTHER, KANJI = range(3)
#: The first kana of each row of the 五十音.
_ROWS = "あかさたなはまやらわ"


def reading_key(name: str, reading: str = "") -> tuple[int, str, str, str]:
    """Return the sort key of a name. Without a reading, the name itself is used."""
    folded = fold(reading or name)
    plain = _plain(folded)
    return _script(plain), plain, folded, name


def reading_keys(names: Sequence[tuple[str, str]]) -> list[tuple[int, str, str, str]]:
    """Return the sort keys of many names with their readings. They are folded as one text, which takes a tenth."""
    folded = fold("\n".join(reading or name for name, reading in names)).split("\n")
    plain = _plain("\n".join(folded)).split("\n")
    if not len(folded) == len(plain) == len(names):  # a name has several lines
        return [reading_key(name, reading) for name, reading in names]
    rows = zip(plain, folded, names, strict=True)
    return [(_script(plain), plain, folded, name) for plain, folded, (name, _reading) in rows]


def _plain(folded: str) -> str:
    """Return the text without voicing marks, with small kana as large ones."""
    without_marks = _MARKS.sub("", unicodedata.normalize("NFD", folded))
    return unicodedata.normalize("NFC", without_marks).translate(_SMALL)


def _script(text: str) -> int:
    first = text[:1]
    if "ぁ" <= first <= "ゟ":
        return KANA
    return KANJI if "㐀" <= first <= "鿿" or "\U00020000" <= first <= "\U0003ffff" else OTHER


def initial(name: str, reading: str = "") -> str:
    """Return the heading of an index under which a name stands: `A`–`Z`, a row of kana (あ, か …), 漢字, or `#`."""
    _group, plain, _folded, _name = reading_key(name, reading)
    first = plain[:1]
    if "ぁ" <= first <= "ゟ":
        return max(row for row in _ROWS if row <= first)
    if _script(plain) == KANJI:
        return "漢字"
    return first.upper() if "a" <= first <= "z" else "#"
