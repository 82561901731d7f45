"""arXiv papers: https://info.arxiv.org/help/arxiv_identifier.html"""

import re
from urllib.parse import SplitResult, unquote

from interaxion.content.linking.addresses.identity import WorkIdentity

_ID = r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Za-z-]{2,})?/\d{7})(?:v\d+)?"
_TEXT = re.compile(rf"arxiv:\s*{_ID}", re.IGNORECASE)
_PATH = re.compile(rf"/(?:abs|pdf|html|format|ps|e-print|src)/{_ID}(?:\.pdf)?/?", re.IGNORECASE)
_HOSTS = re.compile(r"(?:(?:export|www|jp|cn|xxx|de|es)\.)?arxiv\.org|ar5iv(?:\.labs\.arxiv)?\.org|alphaxiv\.org")
#: What arXiv's own DOIs begin with.
_DOI_PREFIX = "10.48550/arxiv."


def arxiv_by_name(text: str) -> WorkIdentity | None:
    """`arXiv:2301.00001v2`"""
    return _identity(_TEXT.fullmatch(text))


def arxiv_by_doi(doi: str) -> WorkIdentity | None:
    return _identity(re.fullmatch(_ID, doi.removeprefix(_DOI_PREFIX))) if doi.startswith(_DOI_PREFIX) else None


def arxiv_by_address(host: str, parts: SplitResult) -> WorkIdentity | None:
    return _identity(_PATH.fullmatch(unquote(parts.path))) if _HOSTS.fullmatch(host) else None


def _identity(found: re.Match[str] | None) -> WorkIdentity | None:
    if not found:
        return None
    # Old ids once named a subclass as well (`math.GT/0309136`), which is not part of the name.
    id = re.sub(r"\.[a-z-]+(?=/)", "", found["id"].lower())
    return WorkIdentity("arxiv", f"arxiv:{id}", f"https://arxiv.org/abs/{id}")
