"""Identification of URLs (canonicalisation): all spellings of one paper, book, video or page get the same key.

`identify` is the list of rules, the most specific first. Each kind of work has a module of its own.
"""

import re
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import urlsplit

from interaxion.text.addresses.arxiv import arxiv_by_address, arxiv_by_name
from interaxion.text.addresses.doi import doi_by_address, doi_by_name
from interaxion.text.addresses.identity import CITED_KINDS, LONGEST_KEY, NAMED_KINDS, WorkIdentity
from interaxion.text.addresses.isbn import isbn_by_address, isbn_by_name
from interaxion.text.addresses.meaningless_words import are_meaningless, without_brackets
from interaxion.text.addresses.pages import PORTS, any_page, own_page
from interaxion.text.addresses.platforms import tweet, video
from interaxion.text.addresses.sites import spell_host

__all__ = [
    "CITED_KINDS",
    "LONGEST_KEY",
    "NAMED_KINDS",
    "WorkIdentity",
    "identify",
    "identify_words",
    "says_nothing",
]

#: Prefixes that people leave out before a number; "" for an address or a number with its prefix.
_LABELS = ("", "doi:", "arXiv:", "ISBN ")
_DIGIT = re.compile(r"\d")
#: A host needs a top-level domain in letters: `U.S/Japan` has none.
_WITHOUT_SCHEME = re.compile(r"(?:www\.\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*)", re.ASCII | re.IGNORECASE)


def identify(url: str, own_hosts: Collection[str] = ()) -> WorkIdentity | None:
    """Return the identity of `url` (or `doi:…`, `arXiv:…`, `ISBN …`); None if it is not a web address.

    `own_hosts` are the hosts of this site, with ports: their URLs, and paths without a host, are of kind "own".
    """
    return _identify(url, frozenset(own_hosts))


@lru_cache(maxsize=1_000)  # a save asks for those of all links of the text again
def _identify(url: str, own_hosts: frozenset[str]) -> WorkIdentity | None:
    url = re.sub(r"[\s\x00-\x1f]+", " ", url).strip()
    if named := doi_by_name(url) or arxiv_by_name(url) or isbn_by_name(url):
        return named
    try:
        parts = urlsplit("https:" + url if url.startswith("//") else url)
        port = parts.port
    except ValueError:
        return None
    if not parts.scheme and not parts.netloc and parts.path.startswith("/"):
        return own_page(parts)
    host = spell_host((parts.hostname or "").rstrip("."))
    if parts.scheme not in PORTS or not host or " " in host:
        return None
    if {host, spell_host(parts.netloc.lower())} & {spell_host(own) for own in own_hosts}:
        return own_page(parts)
    bare = host.removeprefix("www.")
    return (
        arxiv_by_address(bare, parts)
        or doi_by_address(bare, parts)
        or isbn_by_address(bare, parts)
        or video(bare, parts)
        or tweet(bare, parts)
        or any_page(host, port if port != PORTS[parts.scheme] else None, parts)
    )


def identify_words(text: str) -> WorkIdentity | None:
    """Identify words that people write or type: also a number alone (`10.1000/182`, `2301.00001`).

    A URL without its scheme counts only if it names a work: `node.js/express` may not be a URL at all.
    """
    text = text.strip()
    labels = _LABELS if _DIGIT.search(text) else ("",)
    if identity := next(filter(None, (identify(label + text) for label in labels)), None):
        return identity
    page = identify("https://" + text) if _WITHOUT_SCHEME.fullmatch(text) else None
    return page if page and page.kind in NAMED_KINDS else None


@lru_cache(maxsize=4096)  # a link is judged by several, and beside it the next one
def says_nothing(text: str) -> bool:
    """Whether the words of a link (a URL, a number, `PDF`, `こちら`) say nothing about its target."""
    words = without_brackets(text)
    return are_meaningless(words) or identify_words(words) is not None or _WITHOUT_SCHEME.fullmatch(words) is not None
