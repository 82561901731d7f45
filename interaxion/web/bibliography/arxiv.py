"""Records of arXiv, by its API. The authors of a preprint state there the DOI of the paper that it became.

https://info.arxiv.org/help/api/user-manual.html
"""

import re

from interaxion.text.addresses import identify
from interaxion.text.citing.facts import WorkFacts
from interaxion.web.bibliography.record import Record
from interaxion.web.xml_reading import Element, read_xml

_ATOM, _ARXIV = "{http://www.w3.org/2005/Atom}", "{http://arxiv.org/schemas/atom}"


def read_arxiv(body: bytes, number: str) -> Record | None:
    """Return what the feed states of the paper with this number; None if it is not in it. Raises XmlRefused."""
    for entry in read_xml(body).iter(f"{_ATOM}entry"):
        if re.sub(r"v\d+$", "", _text(entry, f"{_ATOM}id")).endswith(f"/abs/{number}"):
            authors = (" ".join((name.text or "").split()) for name in entry.iter(f"{_ATOM}name"))
            facts = WorkFacts(
                title=_text(entry, f"{_ATOM}title"),
                authors=tuple(map(_family_first, filter(None, authors))),
                year=_text(entry, f"{_ATOM}published")[:4],
                publisher="arXiv",
                form="preprint",
            )
            paper = identify(f"doi:{_text(entry, f'{_ARXIV}doi')}")
            return Record("arXiv", facts, (paper.key,) if paper else ())
    return None


def _text(entry: Element, name: str) -> str:
    return " ".join((entry.findtext(name) or "").split())


def _family_first(name: str) -> str:
    """Return `Parrinello, Michele` for `Michele Parrinello`; the name of a collaboration as it is."""
    given, space, family = name.rpartition(" ")
    if not space or re.search(r"\b(?:Collaborations?|Consortium|Team|Group)\b", name):
        return name
    particle = re.search(r"(?: (?:van|von|de|der|den|di|da|la|le|du|dos))+$", given)
    if particle:
        given, family = given[: particle.start()], f"{particle[0].strip()} {family}"
    return f"{family}, {given}"
