"""arXiv papers: https://info.arxiv.org/help/arxiv_identifier.html"""

import re
from urllib.parse import SplitResult, unquote

from interaxion.text.addresses.identity import WorkIdentity

#: Year and month of an id. Without a valid month, a number is a decimal, not a paper.
_MONTH = r"\d\d(?:0[1-9]|1[0-2])"
_ID = rf"(?P<id>{_MONTH}\.\d{{4,5}}|[a-z-]+(?:\.[A-Za-z-]{{2,}})?/{_MONTH}\d{{3}})(?:v\d+)?"
_TEXT = re.compile(rf"arxiv[:\s]\s*{_ID}(?:\s*\[[\w.-]+\])?", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:(?:[a-z]+\.)?arxiv\.org|ar5iv(?:\.labs\.arxiv)?\.org|alphaxiv\.org|huggingface\.co)"
    rf"/(?:abs|pdf|html|format|ps|e-print|src|overview|papers)/(?:arxiv:)?{_ID}(?:\.pdf)?/?",
    re.IGNORECASE,
)
#: The prefix of arXiv's own DOIs.
_DOI_PREFIX = "10.48550/arxiv."


def arxiv_by_name(text: str) -> WorkIdentity | None:
    """Identify `arXiv:2301.00001v2 [hep-th]`, and its usual variants such as `arXiv 2301.00001`."""
    return _identity(_TEXT.fullmatch(text))


def arxiv_by_doi(doi: str) -> WorkIdentity | None:
    return _identity(re.fullmatch(_ID, doi.removeprefix(_DOI_PREFIX))) if doi.startswith(_DOI_PREFIX) else None


def arxiv_by_address(host: str, parts: SplitResult) -> WorkIdentity | None:
    return _identity(_ADDRESS.fullmatch(host + unquote(parts.path)))


def _identity(found: re.Match[str] | None) -> WorkIdentity | None:
    if not found:
        return None
    # Old ids could include a subclass (`math.GT/0309136`), which is not part of the id.
    id = re.sub(r"\.[a-z-]+(?=/)", "", found["id"].lower())
    return WorkIdentity("arxiv", f"arxiv:{id}", f"https://arxiv.org/abs/{id}")
