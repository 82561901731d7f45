"""Works with a DOI, by the DOI itself, its resolvers, and the publishers' pages whose URL contains it."""

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote

from interaxion.text.addresses.arxiv import arxiv_by_doi
from interaxion.text.addresses.identity import WorkIdentity, short_key
from interaxion.text.addresses.nature import doi_at_nature

#: Some older names are SICIs (ANSI/NISO Z39.56), with `<` and `>`: `10.1002/(SICI)…60:6<1271::AID-QUA16>3.0.CO;2-W`.
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"]+")
#: DOI Handbook §3.8: the prefixes that libraries use. People add a space.
_TEXT = re.compile(rf"(?:doi[:\s]|info:doi/|urn:doi:)\s*({_DOI.pattern})", re.IGNORECASE)
#: Sites with the DOI in the path: resolvers, and publishers' pages of articles. Each entry is the whole host, or the
#: part before or after its first dot. If the path contains `/doi/`, the host does not matter.
_IN_PATH = {
    "doi", "dx", "link.aps.org", "hdl.handle.net",
    "academic.oup.com", "annualreviews.org", "biomedcentral.com", "bioone.org", "biorxiv.org", "degruyter.com",
    "emerald.com", "frontiersin.org", "iopscience.iop.org", "journals.aps.org", "jstage.jst.go.jp",
    "link.springer.com", "medrxiv.org", "nature.com", "peerj.com", "projecteuclid.org", "sci-hub", "scipost.org",
    "scitation.aip.org", "scitation.org", "spiedigitallibrary.org", "springeropen.com",
}  # fmt: skip
#: Sites with the DOI in a query parameter, and the prefix that they leave out.
_PARAMETERS = {
    "journals.plos.org": ("id", ""),
    "onlinelibrary.wiley.com": ("doi", ""),
    "dl.acm.org": ("doid", "10.1145/"),
    "portal.acm.org": ("doid", "10.1145/"),
}
#: Sites whose URLs have a number from which the DOI is built.
_NUMBERED = (
    ("elifesciences.org", re.compile(r"/articles/(\d{5,6})(?:/.*)?"), "10.7554/elife."),
    ("pubs.rsc.org", re.compile(r"/en/content/article\w+/\d{4}/\w+/([a-z]\d[a-z]{2}\d{5}[a-z\d])", re.I), "10.1039/"),
    ("scipost.org", re.compile(r"/(SciPost[A-Za-z]+\.(?:\d+\.){1,2}\d{3})(?:/pdf)?/?"), "10.21468/"),
    ("scipost.org", re.compile(r"/(SciPostPhys(?:LectNotes|Codeb|CommRep)\.\d[\w.-]*)(?:/pdf)?/?"), "10.21468/"),
    ("zenodo.org", re.compile(r"/records?/(\d+)(?:/.*)?"), "10.5281/zenodo."),
)
#: Silverchair, the platform of OUP, AIP and others, adds a number and the title of the page after the DOI.
_SILVERCHAIR = re.compile(r"/article[\w-]*/doi/(10\.\d{4,9}/[^/\s\"]+(?:/[^/\s\"]+)??)(?:/\d+(?:/.*)?)?/?$")
#: Suffixes after the DOI in such a path: formats of the article, not parts of its name. The quantifier is possessive,
#: because the pattern is tried at many places of a long URL (no catastrophic backtracking).
_TAIL = re.compile(
    r"(?<![/.,;])(?:"
    r"/(?:abs|abstract|citations|e?pdf|epub|full|full-?text|html|meta|metrics|references|summary|xml)(?=[/.,;]|$)"
    r"|\.(?:abstract|e?pdf|full|html|long|short)(?=[/.,;]|$)"
    r"|/(?:figures|suppl_file|tables)(?:/.*)?$|;jsessionid=.*|[/.,;]"
    r")++$",
    re.IGNORECASE,
)
_PREPRINT_VERSION = re.compile(r"v\d+(?:\..*)?$")


def doi_by_name(text: str) -> WorkIdentity | None:
    """Identify `doi:10.1000/182`."""
    found = _TEXT.fullmatch(unquote(text))
    return _identity(found[1]) if found else None


def doi_by_address(host: str, parts: SplitResult) -> WorkIdentity | None:
    name = _name_in_path(host, unquote(parts.path)) or _name_in_query(host, parts.query)
    return _identity(name) if name else None


def _name_in_path(host: str, path: str) -> str:
    if found := _SILVERCHAIR.search(path):
        return found[1]
    if ("/doi/" in path or {host, *host.partition(".")} & _IN_PATH) and (found := _DOI.search(path)):
        is_preprint = host in {"biorxiv.org", "medrxiv.org"}
        return _PREPRINT_VERSION.sub("", _TAIL.sub("", found[0])) if is_preprint else found[0]
    for site, form, prefix in _NUMBERED:
        if host == site and (found := form.fullmatch(path)):
            return prefix + found[1]
    return doi_at_nature(path) if host == "nature.com" else ""


def _name_in_query(host: str, query: str) -> str:
    parameter, prefix = _PARAMETERS.get(host, ("", ""))
    value = next((value for name, value in parse_qsl(query) if name.lower() == parameter), "")
    found = _DOI.match(value) or _DOI.match(prefix + value)
    return found[0] if found else ""


def _identity(name: str) -> WorkIdentity | None:
    """Return the identity of a DOI; case does not count (DOI Handbook §2.4)."""
    name = _TAIL.sub("", name).lower()
    if not _DOI.fullmatch(name):
        return None  # only the registrant is left
    return arxiv_by_doi(name) or WorkIdentity(
        "doi", short_key(f"doi:{name}"), "https://doi.org/" + quote(name, safe="/:;().-_")
    )
