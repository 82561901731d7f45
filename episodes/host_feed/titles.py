"""Titles in a host's feed: the number of the episode in them, and the rest. No Django."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from html import unescape

_SEASON = r"(?:s(?:eason)?\.?|シーズン)\s*(?P<season>\d{1,3})\s*[:,\-–—|、]?\s*"
_NUMBER = r"(?P<number>\d{1,5}(?:\.\d{1,2})?)"
#: `57: …`, `19.5. …`, `#57 …`, `Ep. 57 …`, `第57回 …`, `S2 E1 …`; not `10 questions`, `2.5次元`, `3-D` or `10:30`.
_LEADING = re.compile(
    rf"(?:(?:{_SEASON})(?:e(?=\d))?|)(?P<word>ep(?:isode)?\.?|\#|第|no\.?|vol\.?|エピソード)?\s*{_NUMBER}(?:回|話)?"
    r"(?:\s*[|、。]\s*|\s*:(?!\d\d)\s*|\s*\.(?!\d)\s*|\s*[-–—](?:\s+|$)|(?(word)(?:\s+|$)|(?(season)(?:\s+|$)|$)))"
)
_EDGE = r"\s()\[\]「」『』【】|/:,、\-–—"
#: A number elsewhere needs its word, and space or brackets around both: `Interaxion #3`, `… ep.2 …`, `… (第1回)`.
_INNER = re.compile(
    rf"(?:^|(?<=[{_EDGE}]))"
    rf"(?:{_SEASON}e(?=\d)|(?:ep(?:isode)?\.?|\#|no\.|vol\.?|エピソード)\s*|第(?=\d+(?:\.\d+)?[回話]))"
    rf"{_NUMBER}(?:回|話)?(?=$|[{_EDGE}。]|\.(?!\d))"
)
_BARE = re.compile(r"\d{1,5}(?:\.\d{1,2})?\s+")


@dataclass(frozen=True)
class HostTitle:
    """A title taken apart: its number and season, and the spellings of the rest, the most exact first.

    Each element of `spellings` is a set of folded texts; one of them should be the title of the episode. `rest` is the
    folded title without its numbers, "" if they are all of it.
    """

    number: Decimal | None
    season: int | None
    spellings: tuple[frozenset[str], ...]
    rest: str

    @property
    def all_spellings(self) -> frozenset[str]:
        return frozenset().union(*self.spellings)


def read_title(title: str) -> HostTitle:
    title = unicodedata.normalize("NFKC", unescape(title)).casefold().strip()  # some hosts escape twice
    levels: list[set[str]] = [{title}]
    found = _LEADING.match(title)
    inner = list(_INNER.finditer(title))
    rest = fold(_INNER.sub(" ", title[found.end() :] if found else title))
    if found:
        levels.append({title[found.end() :]})
    elif bare := _BARE.match(title):
        levels.append({title[bare.end() :]})
    if inner:
        levels.append({_INNER.sub(" ", title)})
        levels.append({title[: inner[0].start()], title[inner[-1].end() :]})
    if found is None and len({Decimal(match["number"]) for match in inner}) == 1:
        found = inner[0]  # two different numbers name no episode
    spellings: list[frozenset[str]] = []
    for level in levels:
        known = {spelling for more_exact in spellings for spelling in more_exact}
        if folded := {fold(text) for text in level} - known - {""}:
            spellings.append(frozenset(folded))
    number, season = (found["number"], found.groupdict()["season"]) if found else ("", "")
    return HostTitle(Decimal(number) if number else None, int(season) if season else None, tuple(spellings), rest)


def fold(text: str) -> str:
    """Return what two spellings of one title share: letters and digits, NFKC, no case; 1.5 is not 15."""
    return re.sub(r"(?!(?<=\d)\.(?=\d))[\W_]", "", unicodedata.normalize("NFKC", text).casefold())
