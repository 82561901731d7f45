"""The addresses of our own site that a page, a feed, a style sheet or a script leads to."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

_ABSOLUTE = r"[^\s\"'<>\\)]*"
_CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)""")
_IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.{0,2}/[^"']+)["']""")
#: Where a form would be sent: nobody is there to read it.
_NOT_FOLLOWED = {"action", "formaction"}


def find_addresses(body: str, content_type: str, address: str, site_url: str) -> Iterator[str]:
    """Yield each address of `site_url` that the document at `address` names: path and query, without the fragment."""
    base = urljoin(site_url, address)
    for found in _named_in(body, content_type, site_url):
        whole = urldefrag(urljoin(base, found)).url
        if whole == site_url or whole.startswith((f"{site_url}/", f"{site_url}?")):
            parts = urlsplit(whole)
            yield (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _named_in(body: str, content_type: str, site_url: str) -> Iterator[str]:
    if content_type == "text/html":
        parser = _Attributes()
        parser.feed(body)
        parser.close()
        yield from parser.found
    elif content_type == "text/css":
        yield from (found for found in _CSS_URL.findall(body) if not found.startswith("data:"))
    elif content_type in {"text/javascript", "application/javascript"}:
        yield from _IMPORTED.findall(body)
    elif content_type.endswith(("xml", "json")):
        text = unescape(unescape(body))  # a feed holds HTML as text
        yield from re.findall(re.escape(site_url) + _ABSOLUTE, text)


class _Attributes(HTMLParser):
    """Collects what may be an address: any attribute that begins with `/`, and those that hold addresses."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if not value or name in _NOT_FOLLOWED:
                continue
            if name == "srcset":
                self.found += [each.split()[0] for each in value.split(",") if each.strip()]
            elif name in {"href", "src", "poster"} or value.startswith(("/", "http://", "https://")):
                self.found.append(value)

    handle_startendtag = handle_starttag
