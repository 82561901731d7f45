"""The scholarly works that stored HTML links to. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from interaxion.content.linking.addresses import identify

_LINK = re.compile(r'<a\b[^>]*?\shref="(?P<href>[^"]*)"[^>]*>(?P<text>.*?)</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
#: Kinds of works that scholars cite, and how their identifiers begin.
_PREFIXES = {"doi": "doi:", "arxiv": "arXiv:"}


@dataclass(frozen=True)
class Citation:
    name: str  # the text of the first link to it
    url: str  # its lasting address
    identifier: str  # `doi:10.1000/182` or `arXiv:2101.00001`


def find_citations(html: str) -> list[Citation]:
    """Each work once, in the order of its first link."""
    works: dict[str, Citation] = {}
    for citation in _citations(html):
        works.setdefault(citation.identifier, citation)
    return list(works.values())


def _citations(html: str) -> Iterator[Citation]:
    for link in _LINK.finditer(html):
        work = identify(unescape(link["href"]))
        if work and work.kind in _PREFIXES:
            name = " ".join(unescape(_TAG.sub("", link["text"])).split())
            id = work.key.partition(":")[2]
            yield Citation(name or id, work.canonical_url, _PREFIXES[work.kind] + id)
