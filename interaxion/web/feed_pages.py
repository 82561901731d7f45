"""Long feeds in pages: https://www.rfc-editor.org/rfc/rfc5005#section-3 (RSS borrows the links from Atom). Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from interaxion.web.feed_xml import Element, tag

#: Items of one page. Whoever follows no links still has the newest of them.
ITEMS = 100


@dataclass(frozen=True)
class FeedPage:
    """One page of the feed at `feed_url`; the first has that address itself."""

    feed_url: str
    number: int = 1
    last: int = 1

    @property
    def url(self) -> str:
        return self._address(self.number)

    def links(self) -> Iterator[tuple[str, str]]:
        """Where to go from here, as relation and address; a feed of one page leads nowhere."""
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
    """Add the feed's own address and those of its other pages, as tags of this name."""
    for relation, address in [("self", page.url), *page.links()]:
        tag(parent, name, rel=relation, type=content_type, href=address)
