"""Paged feeds: https://www.rfc-editor.org/rfc/rfc5005#section-3 (RSS borrows the links from Atom)."""

from collections.abc import Iterator
from dataclasses import dataclass

from interaxion.web.feed_xml import Element, tag

#: Items on one page. A reader that follows no links still gets the newest ones.
ITEMS = 100


@dataclass(frozen=True)
class FeedPage:
    """One page of the feed at `feed_url`, counted from 1. The first page has the URL of the feed."""

    feed_url: str
    number: int = 1
    last: int = 1

    @property
    def url(self) -> str:
        return self._address(self.number)

    def links(self) -> Iterator[tuple[str, str]]:
        """Yield relation and URL of the other pages; nothing for a feed of one page."""
        if self.last == 1:
            return
        yield "first", self._address(1)
        if self.number > 1:
            yield "previous", self._address(self.number - 1)
        if self.number < self.last:
            yield "next", self._address(self.number + 1)
        yield "last", self._address(self.last)

    def _address(self, number: int) -> str:
        return self.feed_url if number == 1 else f"{self.feed_url}?page={number}"


def add_links(parent: Element, page: FeedPage, *, name: str, content_type: str) -> None:
    """Add a tag `name` for the URL of this page (`self`) and for each link to other pages."""
    for relation, address in [("self", page.url), *page.links()]:
        tag(parent, name, rel=relation, type=content_type, href=address)
