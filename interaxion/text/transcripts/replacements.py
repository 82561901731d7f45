"""The words of a show that recognisers mishear: a table of wrong → right, and what it makes of a text."""

import re
from collections.abc import Iterable

_ARROW = re.compile(r"\s*(?:→|⇒|->|=>)\s*")
LONGEST = 100

#: What is heard, and what it should be.
Replacement = tuple[str, str]


def parse_replacement(line: str) -> Replacement | None:
    """Read `wrong → right`, also with `->`. None: it is no such line, too long, or both sides are the same."""
    parts = _ARROW.split(line.strip())
    if len(parts) != 2 or not all(0 < len(part) <= LONGEST for part in parts) or parts[0] == parts[1]:
        return None
    return parts[0], parts[1]


def spell_replacement(wrong: str, right: str) -> str:
    return f"{wrong} → {right}"


class Replacer:
    """Replaces all words of a table in one pass, the longest first, so that nothing is replaced twice."""

    def __init__(self, table: Iterable[Replacement]) -> None:
        self._right = dict(table)
        # What is right already stays, though it may hold what is wrong: 光子 → 光子計.
        stays = {right: right for right in self._right.values()}
        self._all = stays | self._right
        spellings = sorted(self._all, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_as_word, spellings))) if spellings else None

    def replace(self, text: str) -> str:
        return self._pattern.sub(lambda found: self._all[found[0]], text) if self._pattern else text


def _as_word(spelling: str) -> str:
    """Return the pattern of a spelling. Letters of alphabets with spaces are replaced as whole words alone."""
    before = r"(?<![A-Za-z0-9])" if re.match(r"[A-Za-z0-9]", spelling) else ""
    after = r"(?![A-Za-z0-9])" if re.search(r"[A-Za-z0-9]$", spelling) else ""
    return before + re.escape(spelling) + after
