"""Whatever has a DOI: its resolver, and the pages of publishers that tell it."""

import re
from urllib.parse import SplitResult, parse_qs, quote, unquote

from interaxion.content.linking.addresses.arxiv import arxiv_by_doi
from interaxion.content.linking.addresses.identity import WorkIdentity, short_key

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
#: DOI Handbook §3.8: the two resolvers, and what libraries put in front of the name.
_TEXT = re.compile(r"(?:doi:|info:doi/|urn:doi:)\s*(10\.\d{4,9}/.+)", re.IGNORECASE)
_RESOLVERS = {"doi.org", "dx.doi.org", "doi.ieeecomputersociety.org", "link.aps.org", "hdl.handle.net"}
#: Publishers that write the DOI into the path of the article's page.
_PUBLISHERS = {
    "journals.aps.org", "link.springer.com", "iopscience.iop.org", "frontiersin.org", "biorxiv.org", "medrxiv.org",
    "nature.com", "academic.oup.com", "jstage.jst.go.jp", "emerald.com", "degruyter.com", "peerj.com",
}  # fmt: skip
#: What stands behind the DOI in such a path: a form of the article, not part of its name.
_TAIL = re.compile(
    r"(?:/(?:full|pdf|abstract|html|xml|epub|meta|fulltext|full/html|figures|references|summary))+$"
    r"|\.(?:full(?:\.pdf)?|pdf|abstract|html|short)$|/+$",
    re.IGNORECASE,
)
_NATURE = re.compile(r"/articles/([a-z0-9][\w.-]*?)(?:\.pdf|/figures/\d+|/tables/\d+)?/?", re.IGNORECASE)
_OLD_NATURE = re.compile(r"/\w+/journal/v[^/]+/n[^/]+/(?:full|abs|pdf)/([a-z]+\w*\d+)\.(?:html|pdf)", re.IGNORECASE)


def doi_by_name(text: str) -> WorkIdentity | None:
    """`doi:10.1000/182`"""
    found = _TEXT.fullmatch(text)
    return _identity(unquote(found[1])) if found else None


def doi_by_address(host: str, parts: SplitResult) -> WorkIdentity | None:
    path = unquote(parts.path)
    if host == "nature.com" and (found := _NATURE.fullmatch(path) or _OLD_NATURE.fullmatch(path)):
        return _identity("10.1038/" + found[1])
    if host == "zenodo.org" and (found := re.match(r"/records?/(\d+)", path)):
        return _identity(f"10.5281/zenodo.{found[1]}")
    if host.startswith("journals.plos.org"):
        path += "/" + parse_qs(parts.query).get("id", [""])[0]
    elif host not in _RESOLVERS | _PUBLISHERS and "/doi/" not in path:
        return None
    if not (found := _DOI.search(path)):
        return None
    name = found[0]
    if host in {"biorxiv.org", "medrxiv.org"}:
        name = re.sub(r"v\d+(?:\..*)?$", "", _without_tail(name))
    return _identity(name)


def _identity(name: str) -> WorkIdentity:
    """DOI names are compared without case (DOI Handbook §2.4)."""
    name = _without_tail(name.strip()).lower()
    return arxiv_by_doi(name) or WorkIdentity(
        "doi", short_key(f"doi:{name}"), "https://doi.org/" + quote(name, safe="/:;().-_")
    )


def _without_tail(name: str) -> str:
    shorter = _TAIL.sub("", name).rstrip(".,;")
    return name if shorter == name else _without_tail(shorter)
