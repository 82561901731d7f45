"""Players and posts of other sites, by provider and id: read from HTML or a URL, and turned into URLs again.

Renderer, importer and Content-Security-Policy all ask here; the sites are in `providers`.
"""

import re
from html.parser import HTMLParser
from urllib.parse import parse_qs, quote, urlsplit

from interaxion.text.markdown.html.providers import PROVIDERS
from interaxion.text.markdown.rendered import Embed

_BY_HOST = {host: key for key, provider in PROVIDERS.items() for host in provider.hosts}


def parse_embed(html_or_url: str) -> Embed | None:
    """The embed that a URL, or the first <iframe> of some HTML, stands for; None if the table has no such."""
    text = html_or_url.strip()
    url = _frame_source(text) if "<" in text else text
    # urlsplit() forgives what a browser reads differently; an address of ours holds none of these.
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
    """The address of a frame, which old pages give without its scheme."""
    return f"https:{address}" if address.startswith("//") else address


def secured(address: str) -> str:
    """What a browser loads of a frame's address in a page of https."""
    return re.sub("^http:", "https:", with_scheme(address))


def embed(provider: str, id: str) -> Embed | None:
    """The embed of a provider's id; None if that is no id of theirs."""
    if provider not in PROVIDERS or not PROVIDERS[provider].id.fullmatch(id):
        return None
    return Embed(provider, id, PROVIDERS[provider].page(id))


def page_url(provider: str, id: str) -> str:
    """Where a visitor sees the thing itself. Raises KeyError for an unknown provider."""
    return PROVIDERS[provider].page(id)


def frame_url(provider: str, id: str) -> str:
    """What to put in a frame once the visitor has asked. Raises KeyError for an unknown provider."""
    return PROVIDERS[provider].frame(id)


def start_parameter(provider: str) -> str:
    """The parameter of the frame's URL that says where to begin, in seconds; "" where there is none."""
    return PROVIDERS[provider].start


def frame_hosts() -> tuple[str, ...]:
    """Every host that a frame may show, for the Content-Security-Policy."""
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
    # The standard parser stops with an error at declarations that it does not know.
    frame.feed(html.replace("<![", "&lt;!["))
    return secured(frame.src or "")
