"""Players and posts of other sites, by provider and id: parsed from HTML or a URL, and turned into URLs again.

Used by the renderer, the importer and the Content-Security-Policy. The table of sites is in `providers`.
"""

import re
from html.parser import HTMLParser
from urllib.parse import parse_qs, quote, urlsplit

from interaxion.text.markdown.html.parseable import parseable
from interaxion.text.markdown.html.providers import PROVIDERS
from interaxion.text.markdown.rendered import Embed

_BY_HOST = {host: key for key, provider in PROVIDERS.items() for host in provider.hosts}


def parse_embed(html_or_url: str) -> Embed | None:
    """Return the embed of a URL or of the first <iframe> in some HTML; None if it is not in the table of providers."""
    text = html_or_url.strip()
    url = _frame_source(text) if "<" in text else text
    # urlsplit() accepts characters that a browser reads differently; no URL of a provider has any of these.
    if not url or re.search(r"[\s\\<>\"\x00-\x20\x7f]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme != "https" or parts.netloc.lower() not in _BY_HOST:
        return None
    host = parts.netloc.lower()
    key = _BY_HOST[host]
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    path = parts.path if len(parts.path) == 1 else parts.path.rstrip("/")
    id = PROVIDERS[key].find(host, path, query)
    if id is None:
        return None
    if not id.isascii():
        id = quote(id, safe="/%?=&@")
    return embed(key, id)


def with_scheme(address: str) -> str:
    """Add the scheme to a URL without one (`//…`), as frames on old pages have."""
    return f"https:{address}" if address.startswith("//") else address


def secured(address: str) -> str:
    """Return the URL by https, as a browser loads the frame on a page of https."""
    return re.sub("^http:", "https:", with_scheme(address))


def embed(provider: str, id: str) -> Embed | None:
    """Return the embed of an id; None if the provider or the form of the id is unknown."""
    if provider not in PROVIDERS or not PROVIDERS[provider].id.fullmatch(id):
        return None
    return Embed(provider, id, PROVIDERS[provider].page(id))


def page_url(provider: str, id: str) -> str:
    """Return the URL of the page on the other site. Raises KeyError for an unknown provider."""
    return PROVIDERS[provider].page(id)


def frame_url(provider: str, id: str) -> str:
    """Return the URL for the frame, loaded once the visitor asks for it. Raises KeyError for an unknown provider."""
    return PROVIDERS[provider].frame(id)


def start_parameter(provider: str) -> str:
    """Return the parameter of the frame's URL for the start time in seconds; "" if the provider has none."""
    return PROVIDERS[provider].start


def still_url(provider: str, id: str) -> str:
    """Return the URL of the picture of a video; "" if there is none, or the provider is unknown."""
    return PROVIDERS[provider].still(id) if provider in PROVIDERS else ""


def frame_hosts() -> tuple[str, ...]:
    """Return every host that a frame may show, for the Content-Security-Policy."""
    return tuple(sorted({host for provider in PROVIDERS.values() for host in provider.frame_hosts}))


class _FirstFrame(HTMLParser):
    src: str | None = None
    seen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "iframe" or self.seen:
            return
        self.seen = True
        values = dict(attrs)
        if "srcdoc" not in values:
            self.src = values.get("src")


def _frame_source(html: str) -> str:
    frame = _FirstFrame()
    frame.feed(parseable(html))
    return secured(frame.src or "")
