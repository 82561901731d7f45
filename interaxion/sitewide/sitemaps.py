"""What crawlers ask for first: the map of all pages in both languages, and where they need not look.

https://www.sitemaps.org/protocol.html, with the languages of a page as
https://developers.google.com/search/docs/specialty/international/localized-versions#sitemap writes them.
"""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from courses.models import Course
from episodes.speakers import Speaker
from interaxion.content.public_pages import public_page
from interaxion.content.publishing.storing import kinds
from interaxion.content.syndication.feed_html import absolute_url
from interaxion.content.syndication.feed_xml import Element, group, tag, write
from interaxion.sitewide.tagging import count_live_tags
from posts.models import Category, Post

NAMESPACES = {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9", "xmlns:xhtml": "http://www.w3.org/1999/xhtml"}


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    root = Element("urlset", NAMESPACES)
    for path, changed_at in _pages():
        addresses = {code: absolute_url(_in_language(path, code), settings.SITE_URL) for code, _ in settings.LANGUAGES}
        for address in addresses.values():
            url = group(root, "url")
            tag(url, "loc", address)
            tag(url, "lastmod", changed_at.isoformat(timespec="seconds") if changed_at else "")
            for code, other in addresses.items():
                tag(url, "xhtml:link", rel="alternate", hreflang=code, href=other)
    return HttpResponse(write(root), content_type="application/xml; charset=utf-8")


def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /preview/", f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _pages() -> Iterator[tuple[str, datetime | None]]:
    """Every page that shows something, by its path, with its last change where one is known."""
    yield reverse("home"), None
    yield reverse("episodes"), None
    yield reverse("speakers"), None
    yield reverse("tags"), None
    if Course.objects.live().exists():
        yield reverse("courses"), None
    for kind in kinds():
        for path, stored_at, publish_at in (
            kind.objects.live().order_by("pk").values_list("path", "stored_at", "publish_at")
        ):
            # What was saved long before its date is new on that date.
            yield path, max(stored_at, publish_at)
    for category in Category.objects.filter(pk__in=Post.objects.live().values("category")):
        yield category.path, None
    for speaker in Speaker.objects.live().order_by("pk").only("slug"):
        yield speaker.path, None
    for tag_ in count_live_tags():
        yield tag_.path, None


def _in_language(path: str, code: str) -> str:
    return path if code == settings.LANGUAGE_CODE else f"/{code}{path}"
