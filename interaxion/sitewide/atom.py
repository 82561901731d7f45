"""Atom feeds of any content, with the whole text. https://www.rfc-editor.org/rfc/rfc4287"""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings

from interaxion.content.paths import public_url
from interaxion.content.publishing.publishable import Publishable
from interaxion.web.feed_html import feed_html
from interaxion.web.feed_pages import FeedPage, describe_page
from interaxion.web.feed_xml import Element, append_each, group, tag, write

CONTENT_TYPE = "application/atom+xml; charset=utf-8"


def write_atom(
    things: Iterable[Publishable],
    *,
    page: FeedPage,
    page_url: str,
    title: str,
    author: str,
    language: str,
    updated_at: datetime,
) -> bytes:
    """Return one document of a feed with `things` in their order. `page_url` is the page that the feed belongs to."""
    feed = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": language})
    tag(feed, "id", page.feed_url)
    tag(feed, "title", title)
    tag(feed, "updated", updated_at.isoformat())
    describe_page(feed, page, name="link", content_type="application/atom+xml")
    tag(feed, "link", rel="alternate", type="text/html", href=page_url)
    tag(group(feed, "author"), "name", author)
    tag(feed, "generator", "Interaxion")
    append_each(feed, things, _entry)
    return write(feed)


def changed_at(thing: Publishable) -> datetime:
    """Return when it last changed: a text saved long before its publication date is new on that date."""
    return max(thing.stored_at, thing.publish_at)


def _entry(thing: Publishable) -> Element:
    page_url = public_url(thing.path)
    entry = Element("entry", {"xml:lang": thing.language})
    tag(entry, "id", _lasting_id(thing))
    tag(entry, "title", str(thing))
    tag(entry, "published", thing.publish_at.isoformat())
    tag(entry, "updated", changed_at(thing).isoformat())
    tag(entry, "link", rel="alternate", type="text/html", href=page_url)
    tag(entry, "summary", thing.summary_text)
    tag(entry, "content", feed_html(thing.html, page_url), type="html")
    return entry


def _lasting_id(thing: Publishable) -> str:
    """Return an id that stays when the address changes: a tag URI. https://www.rfc-editor.org/rfc/rfc4151"""
    host = urlsplit(settings.SITE_URL).hostname
    return f"tag:{host},{thing.created_at:%Y-%m-%d}:{thing._meta.model_name}/{thing.pk}"
