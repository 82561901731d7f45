"""The scholarly works that stored HTML links to, by DOI or arXiv id. Pure.

DOI: https://www.crossref.org/blog/dois-and-matching-regular-expressions/
arXiv: https://info.arxiv.org/help/arxiv_identifier.html
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urlsplit

_LINK = re.compile(r'<a\b[^>]*?\shref="(?P<href>[^"]*)"[^>]*>(?P<text>.*?)</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_DOI = re.compile(r"/?(10\.\d{4,9}/\S+)")
_ARXIV = re.compile(r"/(?:abs|pdf|html)/((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}))(?:v\d+)?(?:\.pdf)?/?")
_DOI_HOSTS = {"doi.org", "dx.doi.org", "www.doi.org"}
_ARXIV_HOSTS = {"arxiv.org", "www.arxiv.org", "export.arxiv.org"}


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
        name = " ".join(unescape(_TAG.sub("", link["text"])).split())
        try:
            parts = urlsplit(unescape(link["href"]))
            host = parts.hostname or ""
        except ValueError:
            continue
        if host in _DOI_HOSTS and (found := _DOI.fullmatch(unquote(parts.path))):
            doi = found[1].lower()
            yield Citation(name or doi, f"https://doi.org/{doi}", f"doi:{doi}")
        elif host in _ARXIV_HOSTS and (found := _ARXIV.fullmatch(parts.path)):
            yield Citation(name or found[1], f"https://arxiv.org/abs/{found[1]}", f"arXiv:{found[1]}")
