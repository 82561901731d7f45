"""The table of numbers in titles, for imported files and for feeds of other hosts. No Django.

A number names an episode; it never makes one: what is an episode is known by its sound, its layout or its place.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

SEASON = r"(?:s(?:eason)?\.?|シーズン)\s*(?P<season>\d{1,3})\s*[:,\-–—|、]?\s*"
NUMBER = r"(?P<number>\d{1,5}(?:\.\d{1,2})?)"
_OPENING = r"(?=[「『【\[(])"
#: `57: …`, `19.5. …`, `#57 …`, `Ep. 57 …`, `第57回 …`, `S2 E1 …`; not `10 questions`, `2.5次元`, `3-D` or `10:30`.
LEADING = re.compile(
    rf"(?:(?:{SEASON})(?:e(?=\d))?|)(?P<word>ep(?:isode)?\.?|\#|第|no\.|vol\.?|エピソード)?\s*\#?\s*{NUMBER}(?:回|話)?"
    r"(?:\s*[|、。]\s*|\s*:(?!\d\d)\s*|\s*\.(?!\d)\s*|\s*[-–—](?:\s+|$)"
    rf"|(?(word)(?:\s+|$|{_OPENING})|(?(season)(?:\s+|$)|$)))",
    re.IGNORECASE,
)
#: `【第7回】…`, `[#7] …`, `(ep. 7) …`: brackets around a number with its word.
BRACKETED = re.compile(
    r"[【\[(「]\s*(?:(?:ep(?:isode)?\.?|\#|no\.|vol\.?|エピソード)\s*\#?\s*|第\s*(?=\d+(?:\.\d+)?\s*[回話]))"
    rf"{NUMBER}\s*[回話]?\s*[】\])」]"
    r"\s*[:|\-–—]?\s*",
    re.IGNORECASE,
)
_EDGE = r"\s()\[\]「」『』【】|/:,、\-–—"
#: A number elsewhere needs its word, and space or brackets around both: `Interaxion #3`, `… ep.2 …`, `… (第1回)`.
INNER = re.compile(
    rf"(?:^|(?<=[{_EDGE}]))"
    rf"(?:{SEASON}e(?=\d)|(?:ep(?:isode)?\.?|\#|no\.|vol\.?|エピソード)\s*|第(?=\d+(?:\.\d+)?[回話]))"
    rf"{NUMBER}(?:回|話)?(?=$|[{_EDGE}。]|\.(?!\d))",
    re.IGNORECASE,
)
#: How our own files begin.
_PLAIN = re.compile(r"\d{1,5}(?:\.\d{1,2})?\s*:(?!\d\d)")


@dataclass(frozen=True)
class NumberedTitle:
    number: Decimal
    season: int | None
    rest: str  # the title without its number; the whole title if it is nothing else
    is_plain: bool  # spelled `7: …`, as in our own files


def split_number(title: str) -> NumberedTitle | None:
    """Split `Episode 1: Hello` into 1 and `Hello`; None for a title that does not begin with a number."""
    # One character for one, so that an index into `folded` is one into `title`.
    folded = "".join(wide if len(wide := unicodedata.normalize("NFKC", c)) == 1 else c for c in title)
    begin = len(folded) - len(folded.lstrip())
    found = LEADING.match(folded, begin) or BRACKETED.match(folded, begin)
    if found is None:
        return None
    is_plain = bool(_PLAIN.match(folded, begin))
    rest = title[found.end() :].strip()
    season, word = (found.groupdict().get(name) for name in ("season", "word"))
    if not (rest or is_plain or season or word or found.re is BRACKETED):
        return None  # `1984` may be the name of something
    return NumberedTitle(
        Decimal(found["number"]), int(season) if season else None, rest if rest or is_plain else title, is_plain
    )
