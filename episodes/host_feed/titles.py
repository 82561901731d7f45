"""Titles in a host's feed: the number of the episode in them, and the rest. No Django."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from html import unescape

from episodes.title_numbers import INNER, LEADING

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
    found = LEADING.match(title)
    inner = list(INNER.finditer(title))
    rest = fold(INNER.sub(" ", title[found.end() :] if found else title))
    if found:
        levels.append({title[found.end() :]})
    elif bare := _BARE.match(title):
        levels.append({title[bare.end() :]})
    if inner:
        levels.append({INNER.sub(" ", title)})
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
