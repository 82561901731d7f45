"""The number at the start of a title, in the spellings that state that it is an episode number. No Django.

`host_feed/titles.py` has a table of its own, with more spellings: seasons, `vol. 3`, `1. First`, `12 | …`, a number at
the end. There the number is one witness of several for an episode that exists. Here it becomes the number and the
address of a new one, so it must be stated.
"""

import re
import unicodedata
from decimal import Decimal

from episodes.numbers import parse_number

_NUMBER = r"(?P<number>[0-9]{1,5}(?:\.[0-9]{1,2})?)"
#: Between number and title; nothing is needed before a title in brackets.
_GAP = r"(?:\s*[:|]\s*|\s+[-–—―]\s+|[.,、。]?\s+|(?=[「『【\[(（])|$)"
#: One pattern for each spelling: `7: …`, `Episode 7: …`, `Ep. 7 - …`, `#7 …`, `第7回 …`, `エピソード7「…」`.
SPELLINGS = (
    re.compile(rf"\s*{_NUMBER}\s*:\s*"),
    re.compile(rf"\s*(?:episode|ep\.?|no\.|エピソード)\s*#?\s*{_NUMBER}{_GAP}", re.IGNORECASE),
    re.compile(rf"\s*#\s*{_NUMBER}{_GAP}"),
    re.compile(rf"\s*第\s*{_NUMBER}\s*[回話]{_GAP}"),
)


def split_number(title: str) -> tuple[Decimal | None, str]:
    """Return the number and the title without it: `Episode 1: Hello` → 1, `Hello`. A title of only a number stays."""
    # One character for one, so that an index into `folded` is one into `title`.
    folded = "".join(wide if len(wide := unicodedata.normalize("NFKC", c)) == 1 else c for c in title)
    for spelling in SPELLINGS:
        if found := spelling.match(folded):
            is_alone = spelling is not SPELLINGS[0] and not title[found.end() :].strip()
            return parse_number(found["number"]), title if is_alone else title[found.end() :].strip()
    return None, title


def says_in_words(title: str) -> bool:
    """Whether it begins with a number in another spelling than `7: …`, that of our own files."""
    return split_number(title)[0] is not None and not SPELLINGS[0].match(unicodedata.normalize("NFKC", title[:12]))
