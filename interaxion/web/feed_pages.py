"""Feeds in several documents: https://www.rfc-editor.org/rfc/rfc5005 (RSS borrows the links from Atom).

The document at the address of the feed has the newest items. Older ones are in archives, each of which stays as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from interaxion.web.feed_xml import Element, group, tag

#: Items in an archive, the least of a feed that has archives. A reader that follows no links still gets the newest.
ITEMS = 100
HISTORY = "http://purl.org/syndication/history/1.0"


@dataclass(frozen=True)
class FeedPage:
    """One document of the feed at `feed_url`. All are absolute URLs."""

    feed_url: str
    #: Its own URL if it is an archive, else "".
    archive: str = ""
    #: The documents with the next older and the next newer items, "" for none.
    older: str = ""
    newer: str = ""
    #: The WebSub hub that knows of changes to the feed, "" for none.
    hub: str = ""

    @property
    def url(self) -> str:
        return self.archive or self.feed_url

    def links(self) -> Iterator[tuple[str, str]]:
        """Yield relation and URL of the other documents.

        Those of section 4 (archived feeds) are for readers that collect everything. Apps that only turn pages know
        those of section 3 (paged feeds).
        """
        if self.archive:
            yield "current", self.feed_url
            yield "previous", self.newer
        if self.older:
            yield "prev-archive", self.older
            yield "next", self.older
        if self.newer and self.newer != self.feed_url:
            yield "next-archive", self.newer


def describe_page(parent: Element, page: FeedPage, *, name: str, content_type: str) -> None:
    """Add a tag `name` for each address of `page`, and say if it is an archive."""
    for relation, address in [("self", page.url), *page.links()]:
        tag(parent, name, rel=relation, type=content_type, href=address)
    if page.hub and not page.archive:  # an archive stays as it is
        tag(parent, name, rel="hub", href=page.hub)
    if page.archive:
        group(parent, "fs:archive", **{"xmlns:fs": HISTORY})
