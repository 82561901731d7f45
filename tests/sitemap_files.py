"""The whole sitemap, read by tests: the index and every file in it."""

from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

# As https://www.sitemaps.org/protocol.html and the HTML namespace write them.
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def files_in_sitemap(client: Any) -> dict[str, ElementTree.Element]:
    """Return the entries of the index by the path of their file."""
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    assert root.tag == f"{SITEMAP}sitemapindex"
    return {urlsplit(entry.findtext(f"{SITEMAP}loc", "")).path: entry for entry in root}


def pages_in_sitemap(client: Any) -> dict[str, ElementTree.Element]:
    """Return the entries of all files by the path of their page. No page is in two of them, and no file is empty."""
    urls = []
    for path in files_in_sitemap(client):
        root = ElementTree.fromstring(client.get(path).content)
        assert root.tag == f"{SITEMAP}urlset"
        assert len(root), path
        urls += list(root)
    entries = {unquote(urlsplit(url.findtext(f"{SITEMAP}loc", "")).path): url for url in urls}
    assert len(entries) == len(urls)
    return entries
