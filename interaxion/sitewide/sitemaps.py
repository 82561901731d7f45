"""`sitemap.xml`, the list of all pages in both languages, and `robots.txt`.

https://www.sitemaps.org/protocol.html, with the languages of a page as
https://developers.google.com/search/docs/specialty/international/localized-versions#sitemap writes them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from courses.models import Course
from episodes.people.speakers import Speaker
from interaxion.content.discovery.editions import paths_in
from interaxion.content.linking.works import Work
from interaxion.content.paths import public_url
from interaxion.content.publishing.publishable import kinds
from interaxion.serving.public_pages import public_page
from interaxion.sitewide.models import Page
from interaxion.sitewide.pages.tagging import count_live_tags
from interaxion.web.feed_xml import Element, group, tag, write
from posts.models import Category

NAMESPACES = {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9", "xmlns:xhtml": "http://www.w3.org/1999/xhtml"}

#: Where crawlers have nothing to look for: the desk, drafts, and searches, whose number has no limit.
CLOSED = ("/admin/", "/preview/", "/search?")


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    root = Element("urlset", NAMESPACES)
    pages = list(_pages())
    languages = {page.path: page.language for page in pages}
    for page in pages:
        paths = {code: page.path for code, _name in settings.LANGUAGES}
        alternates = {code: _address(path, code) for code, path in (paths | _editions(page, languages)).items()}
        for code, path in paths.items():
            url = group(root, "url")
            tag(url, "loc", _address(path, code))
            tag(url, "lastmod", page.changed_at.isoformat(timespec="seconds") if page.changed_at else "")
            for hreflang, address in {**alternates, "x-default": alternates[settings.LANGUAGE_CODE]}.items():
                tag(url, "xhtml:link", rel="alternate", hreflang=hreflang, href=address)
    return HttpResponse(write(root), content_type="application/xml; charset=utf-8")


def robots(request: HttpRequest) -> HttpResponse:
    closed = [f"Disallow: {_in_language(path, code)}" for code, _name in settings.LANGUAGES for path in CLOSED]
    lines = ["User-agent: *", *closed, f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@dataclass(frozen=True)
class _Page:
    path: str
    changed_at: datetime | None = None
    #: The language of the text, "" for lists.
    language: str = ""


def _pages() -> Iterator[_Page]:
    """Yield every page that shows something, with its last change if it is known."""
    for name in ("home", "episodes", "speakers", "tags"):
        yield _Page(reverse(name))
    for name in ("how_to_listen", "feedback"):
        if Page.introducing(reverse(name)) is None:  # otherwise it is among the plain pages below
            yield _Page(reverse(name))
    if Course.objects.live().exists():
        yield _Page(reverse("courses"))
    for kind in kinds():
        dated = set(kind.objects.live().dated().values_list("pk", flat=True))
        rows = kind.objects.live().order_by("pk").values_list("pk", "path", "stored_at", "publish_at", "language")
        for pk, path, stored_at, publish_at, language in rows:
            # A text saved long before its publication date is new on that date.
            yield _Page(path, max(stored_at, publish_at) if pk in dated else None, language)
    for category in Category.objects.live():
        yield _Page(category.path)
    for speaker in Speaker.objects.live().order_by("pk").only("slug"):
        yield _Page(speaker.path)
    for tag_ in count_live_tags():
        yield _Page(tag_.path)
    for work in Work.objects.live().filter(merged_into=None).order_by("pk").only("pk"):
        yield _Page(work.path)


def _editions(page: _Page, languages: Mapping[str, str]) -> dict[str, str]:
    """Return the paths of the same text in other languages, by language."""
    others = [code for code, _name in settings.LANGUAGES if page.language not in ("", code)]
    return {
        code: path
        for code in others
        for path in paths_in(page.path, page.language, code)
        if languages.get(path) == code
    }


def _address(path: str, code: str) -> str:
    """Return the URL of the page with the interface in this language."""
    return public_url(_in_language(path, code))


def _in_language(path: str, code: str) -> str:
    return path if code == settings.LANGUAGE_CODE else f"/{code}{path}"
