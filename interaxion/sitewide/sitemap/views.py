"""`sitemap.xml`, the index of the files that list all pages in both languages, and `robots.txt`.

https://www.sitemaps.org/protocol.html, with the languages of a page as
https://developers.google.com/search/docs/specialty/international/localized-versions#sitemap writes them.
"""

from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from interaxion.content.paths import public_url
from interaxion.serving.public_pages import public_page
from interaxion.sitewide.sitemap.editions import find_editions
from interaxion.sitewide.sitemap.pages import find_files, find_pages
from interaxion.web.feed_xml import Element, group, tag, write

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"

#: Where crawlers have nothing to look for: the desk, drafts, and searches, whose number has no limit.
CLOSED = ("/admin/", "/preview/", "/search?", "/search/")


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    root = Element("sitemapindex", {"xmlns": SITEMAP})
    for section, number, changed_at in find_files():
        file = group(root, "sitemap")
        tag(file, "loc", public_url(reverse("sitemap_file", args=[section, number])))
        tag(file, "lastmod", _spell(changed_at))
    return _answer(root)


@public_page
def sitemap_file(request: HttpRequest, section: str, number: int) -> HttpResponse:
    """One of the files in the index. Raises Http404 if no page is in it."""
    pages = list(find_pages(section, number))
    if not pages:
        raise Http404
    editions_of = find_editions(section, pages)
    root = Element("urlset", {"xmlns": SITEMAP, "xmlns:xhtml": XHTML})
    for page in pages:
        codes = [code for code, _name in settings.LANGUAGES]
        if page.language:  # a text in the frame of another language is no page of its own
            codes = [page.language if page.language in codes else settings.LANGUAGE_CODE]
        paths = dict.fromkeys(codes, page.path)
        alternates = {code: _address(path, code) for code, path in (paths | editions_of[page]).items()}
        for code, path in paths.items():
            url = group(root, "url")
            tag(url, "loc", _address(path, code))
            tag(url, "lastmod", _spell(page.changed_at))
            default = alternates.get(settings.LANGUAGE_CODE) or next(iter(alternates.values()))
            for hreflang, address in {**alternates, "x-default": default}.items():
                tag(url, "xhtml:link", rel="alternate", hreflang=hreflang, href=address)
    return _answer(root)


def robots(request: HttpRequest) -> HttpResponse:
    closed = [f"Disallow: {_in_language(path, code)}" for code, _name in settings.LANGUAGES for path in CLOSED]
    lines = ["User-agent: *", *closed, f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _answer(root: Element) -> HttpResponse:
    return HttpResponse(write(root), content_type="application/xml; charset=utf-8")


def _spell(changed_at: datetime | None) -> str:
    return changed_at.isoformat(timespec="seconds") if changed_at else ""


def _address(path: str, code: str) -> str:
    """Return the URL of the page with the interface in this language."""
    return public_url(_in_language(path, code))


def _in_language(path: str, code: str) -> str:
    return path if code == settings.LANGUAGE_CODE else f"/{code}{path}"
