"""The number that a title begins with, in the spellings that say of themselves that it is one. Pure."""

import re
import unicodedata
from decimal import Decimal

from episodes.numbers import parse_number

_NUMBER = r"(?P<number>[0-9]{1,5}(?:\.[0-9]{1,2})?)"
#: What may stand between number and title; nothing, where the title is in brackets of its own.
_GAP = r"(?:\s*[:|]\s*|\s+[-–—―]\s+|[.,、。]?\s+|(?=[「『【\[(（])|$)"
#: A row for each spelling: `7: …`, `Episode 7: …`, `Ep. 7 - …`, `#7 …`, `第7回 …`, `エピソード7「…」`.
SPELLINGS = (
    re.compile(rf"\s*{_NUMBER}\s*:\s*"),
    re.compile(rf"\s*(?:episode|ep\.?|no\.|エピソード)\s*#?\s*{_NUMBER}{_GAP}", re.IGNORECASE),
    re.compile(rf"\s*#\s*{_NUMBER}{_GAP}"),
    re.compile(rf"\s*第\s*{_NUMBER}\s*[回話]{_GAP}"),
)


def split_number(title: str) -> tuple[Decimal | None, str]:
    """The number and the title without it: `Episode 1: Hello` → 1, `Hello`. A title that is a number stays."""
    folded = "".join(folded if len(folded := unicodedata.normalize("NFKC", c)) == 1 else c for c in title)
    for spelling in SPELLINGS:
        if found := spelling.match(folded):
            is_alone = spelling is not SPELLINGS[0] and not title[found.end() :].strip()
            return parse_number(found["number"]), title if is_alone else title[found.end() :].strip()
    return None, title


def says_in_words(title: str) -> bool:
    """Whether it begins with a number in any spelling but `7: …`, which is that of our own files."""
    return split_number(title)[0] is not None and not SPELLINGS[0].match(unicodedata.normalize("NFKC", title[:12]))
