"""The rule by which lists and feeds are cut into pages, and the addresses of the pages.

Items are counted from the oldest: `/episodes/page/1/` has the oldest `size` items, `/episodes/page/2/` the next, and so
on. The address of the list, `/episodes/`, shows all later items: at least `size` and fewer than twice as many. So a new
item changes only that page. Once in `size` times the list also hands its oldest `size` items to a page of their own,
and the page before that gets a link to it. No item is on two pages.

A list in an order of its own (readings, positions) is cut the same way from its beginning, which has the address of the
list; its last page shows what is left.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from django.http import Http404, QueryDict
from django.urls.converters import IntConverter

#: Rows of content on a page of a list, and names on a page of an index of names.
ROWS, NAMES = 50, 100


class PageNumber(IntConverter):
    """The number of a page in an address: one spelling, so `01` and `0` are no addresses."""

    regex = "[1-9][0-9]{0,5}"


class Numbered(NamedTuple):
    """A page as the pager shows it; `follows_gap` if the page beside it is left out."""

    number: int
    address: str
    is_current: bool
    follows_gap: bool


def further_address(address: str, number: int) -> str:
    """Return the address of a page that is not the list itself.

    `/episodes/` → `/episodes/page/3/`, `/atom.xml` → `/atom/page/3.xml`
    """
    stem, dot, ending = address.rpartition("/" if address.endswith("/") else ".")
    return f"{stem}/page/{number}{dot}{ending}"


@dataclass(frozen=True)
class Pages:
    """The pages of the list or feed at `address`, which has `count` items."""

    address: str
    count: int
    size: int = ROWS
    #: Whether the list begins with its newest item; otherwise it has an order of its own.
    newest_first: bool = True

    @property
    def last(self) -> int:
        return max(1, self.count // self.size)

    @property
    def home(self) -> int:
        """The number of the page that has the address of the list."""
        return self.last if self.newest_first else 1

    def page(self, number: int | None) -> "Page":
        """Return the page with this number in its address, None for the address of the list. Raises Http404."""
        if number is not None and (number == self.home or number > self.last):
            raise Http404
        return Page(self, number or self.home)

    def address_of(self, number: int) -> str:
        return self.address if number == self.home else further_address(self.address, number)

    def at_old_address(self, query: QueryDict) -> str:
        """Return the address of the page that has the first item of `?page=2`; "" if the query has no `page`.

        Those pages had `size` items too, but were counted from the beginning of the list. A number that the list never
        had leads to the list.
        """
        if "page" not in query:
            return ""
        first = (int(query["page"]) - 1) * self.size if re.fullmatch(PageNumber.regex, query["page"]) else 0
        place = self.count - 1 - first if self.newest_first else first
        number = min(place // self.size + 1, self.last) if 0 <= place < self.count else self.home
        others = query.copy()
        del others["page"]
        return self.address_of(number) + (f"?{others.urlencode()}" if others else "")


@dataclass(frozen=True)
class Page:
    pages: Pages
    number: int

    @property
    def is_further(self) -> bool:
        """Whether its address has its number: it is not the list itself."""
        return self.number != self.pages.home

    @property
    def part(self) -> slice:
        """The part of the list, in the order of the list, that the page shows."""
        start, count = (self.number - 1) * self.pages.size, self.pages.count
        stop = count if self.number == self.pages.last else start + self.pages.size
        return slice(count - stop, count - start) if self.pages.newest_first else slice(start, stop)

    @property
    def address(self) -> str:
        return self.pages.address_of(self.number)

    @property
    def before(self) -> str:
        """The address of the page before it in the order of the list, "" for none."""
        return self._beside(-1)

    @property
    def after(self) -> str:
        return self._beside(1)

    @property
    def numbers(self) -> list[Numbered]:
        """The pages for the pager, in the order of the list: the first and last of the list, and those around this one.

        Of a list that begins with its newest item, a page names only one newer page beside the list itself. So a later
        page changes no page but its neighbour.
        """
        pages, way = self.pages, self._way
        end = 1 if pages.newest_first else pages.last
        shown = {pages.home, end, *(self.number + step * way for step in (-1, 0, 1, 2))}
        in_order = sorted((number for number in shown if 1 <= number <= pages.last), reverse=pages.newest_first)
        gaps = [abs(number - before) > 1 for before, number in zip(in_order, in_order[1:], strict=False)]
        if gaps and pages.newest_first:
            gaps[0] = False  # the list itself has no number
        return [
            Numbered(number, pages.address_of(number), number == self.number, gap)
            for number, gap in zip(in_order, [False, *gaps], strict=True)
        ]

    @property
    def _way(self) -> int:
        return -1 if self.pages.newest_first else 1

    def _beside(self, steps: int) -> str:
        number = self.number + steps * self._way
        return self.pages.address_of(number) if 1 <= number <= self.pages.last else ""
