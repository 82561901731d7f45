"""Atom feeds of any content, with the whole text. https://www.rfc-editor.org/rfc/rfc4287"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings

from interaxion.content.parts.registry import PartName, register_part
from interaxion.content.paths import public_url
from interaxion.content.publishing.publishable import Publishable, PublishableQuerySet, kinds
from interaxion.web.feed_html import feed_html
from interaxion.web.feed_pages import FeedPage, describe_page
from interaxion.web.feed_xml import Element, group, spell, tag, write_around

#: The entry of a thing without its text and its end. The end says when it changed: that is known after it is saved.
ATOM_ENTRY, ATOM_TEXT = PartName("atom-entry"), PartName("atom-text")
CONTENT_TYPE = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True)
class Entry:
    """An entry of a feed: its parts, and when it changed. A text saved long before its date is new on that date."""

    part: str
    changed_at: datetime

    def __str__(self) -> str:
        return f"{self.part}<updated>{self.changed_at.isoformat()}</updated></entry>"


def write_atom(
    entries: Iterable[Entry],
    *,
    page: FeedPage,
    page_url: str,
    title: str,
    author: str,
    language: str,
    updated_at: datetime,
) -> bytes:
    """Return one document of a feed with `entries` in their order. `page_url` is the page that the feed belongs to."""
    feed = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": language})
    tag(feed, "id", page.feed_url)
    tag(feed, "title", title)
    tag(feed, "updated", updated_at.isoformat())
    describe_page(feed, page, name="link", content_type="application/atom+xml")
    tag(feed, "link", rel="alternate", type="text/html", href=page_url)
    tag(group(feed, "author"), "name", author)
    tag(feed, "generator", "Interaxion")
    return write_around(feed, map(str, entries), parent=feed)


def _for_entry(things: PublishableQuerySet) -> PublishableQuerySet:
    return things.defer("text", "outline")


def entry_of(thing: Publishable) -> str:
    page_url = public_url(thing.path)
    entry = Element("entry", {"xml:lang": thing.language})
    tag(entry, "id", _lasting_id(thing))
    tag(entry, "title", str(thing))
    tag(entry, "published", thing.publish_at.astimezone(UTC).isoformat())
    tag(entry, "link", rel="alternate", type="text/html", href=page_url)
    tag(entry, "summary", thing.summary_text)
    return spell(entry).removesuffix("</entry>")


def text_of(thing: Publishable) -> str:
    entry = Element("entry")
    tag(entry, "content", feed_html(thing.html, public_url(thing.path)), type="html")
    return "".join(map(spell, entry))


def _lasting_id(thing: Publishable) -> str:
    """Return an id that stays when the address changes: a tag URI. https://www.rfc-editor.org/rfc/rfc4151"""
    host = urlsplit(settings.SITE_URL).hostname
    return f"tag:{host},{thing.created_at.astimezone(UTC):%Y-%m-%d}:{thing._meta.model_name}/{thing.pk}"


for _kind in kinds():
    register_part(_kind, ATOM_ENTRY, load=_for_entry)(entry_of)
    register_part(_kind, ATOM_TEXT, load=_for_entry)(text_of)
