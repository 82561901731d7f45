"""The rules by which links stay if not all of them fit: rules that a host would call fair.

Every rule that holds for a link adds its points, and the links with most points stay. The points are small whole
numbers on purpose: `tests/benchmarks/short_notes.py` compares the choice with what hosts kept, and finer numbers did
no better on episodes that they had not been fitted to.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from episodes.short_notes.outline import Line, OutlineLink, line_text, links_of

#: Sites for looking up a term. A listener finds these pages without our link, and their addresses are long.
ENCYCLOPEDIAS = ("wikipedia.org", "wiktionary.org", "kotobank.jp", "weblio.jp", "dic.nicovideo.jp", "dic.pixiv.net")
#: The same, in the title of a page.
_EXPLAINS_A_TERM = re.compile("辞典|辞書|用語集|百科|dictionary|encyclop|glossary", re.IGNORECASE)
#: Sites that sell the books and things that were talked about.
SHOPS = ("amzn.to", "amzn.asia", "a.co", "amazon.co.jp", "amazon.com", "booth.pm", "books.rakuten.co.jp")


@dataclass(frozen=True)
class Candidate:
    """A link, with the properties that the rules use."""

    link: OutlineLink
    key: str  # the same for all addresses of the place
    section: int
    place: int  # among the links of its section, from 0
    is_nested: bool = False  # in a list within a list
    is_aside: bool = False  # outside of lists, or in a further line of an item
    is_repeated: bool = False  # named at several places of the notes
    is_announcement: bool = False
    is_in_heading: bool = False  # its title repeats words of the heading of its section
    is_profile: bool = False  # of a person or group, on a social network
    #: The line that explains the links below it, this one among them; "" for none. It stays with any of them.
    group: str = ""
    #: The whole line, if its words around the links are few: they stay together. None if the link stands alone.
    line: Line | None = None

    @property
    def is_in_encyclopedia(self) -> bool:
        is_so_called = bool(_EXPLAINS_A_TERM.search(self.link.text)) and not self.is_at(SHOPS)
        return is_so_called or self.is_at(ENCYCLOPEDIAS)

    @property
    def length(self) -> int:
        """The characters that it takes: of its words and addresses."""
        line = self.line or [self.link]
        return len(line_text(line)) + sum(len(link.url) for link in links_of(line))

    @property
    def host(self) -> str:
        return urlsplit(self.link.url).netloc.lower()

    def is_at(self, sites: tuple[str, ...]) -> bool:
        return any(self.host == site or self.host.endswith("." + site) for site in sites)


@dataclass(frozen=True)
class LinkRule:
    name: str
    points: float
    holds: Callable[[Candidate], bool]


def _is_first(link: Candidate) -> bool:
    return link.place == 0 and not link.is_in_encyclopedia


RULES = (
    LinkRule("a book or thing that was talked about", 3, lambda link: link.is_at(SHOPS)),
    LinkRule("the first link of its section, if it is no definition", 3, _is_first),
    LinkRule("named at several places", 2, lambda link: link.is_repeated),
    LinkRule("an announcement", 2, lambda link: link.is_announcement),
    LinkRule("a person who was talked about", 2, lambda link: link.is_profile),
    LinkRule("what the heading of its section names", 1, lambda link: link.is_in_heading),
    LinkRule("an encyclopedia, where a listener looks anyway", -2, lambda link: link.is_in_encyclopedia),
    LinkRule("in a list within a list", -2, lambda link: link.is_nested),
    LinkRule("said in passing, in a paragraph or a further line", -3, lambda link: link.is_aside),
)
#: Points that a link loses for each link before it in its section: so it gives way to the first ones of others.
CROWDING = 0.05
#: Points that a link loses for each character of its line: shorter ones leave room for more.
LENGTH = 0.015


def worth(candidate: Candidate) -> float:
    points = sum(rule.points for rule in RULES if rule.holds(candidate))
    return points - CROWDING * candidate.place - LENGTH * candidate.length
