"""Asking the registries for the record of a work by its number, politely: they are told who asks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from interaxion.web.bibliography.arxiv import read_arxiv
from interaxion.web.bibliography.csl import read_csl
from interaxion.web.bibliography.ndl import read_ndl
from interaxion.web.bibliography.record import Record
from interaxion.web.ssrf_guard import Fetched, FetchFailed, IPNetwork, fetch

SECONDS = 20.0  # for one record, redirects included
MOST_BYTES = 5_000_000  # large collaborations have thousands of authors
#: Seconds between two requests, as arXiv asks for. https://info.arxiv.org/help/api/tou.html
PAUSE = 3.0
#: The address that answers for each kind of number. `doi.org` redirects to the registry that has the DOI.
REGISTRIES = {
    "doi": "https://doi.org/",
    "arxiv": "https://export.arxiv.org/api/query?id_list=",
    "isbn": "https://ndlsearch.ndl.go.jp/api/opensearch?cnt=5&isbn=",
}
_CSL = "application/vnd.citationstyles.csl+json"
_XML = "application/xml, application/rss+xml, application/atom+xml, text/xml"
#: What a registry answers that has no record of this number, or none in this form.
_HAS_NONE = {204, 300, 400, 404, 406, 410}


@dataclass(frozen=True)
class Asker:
    """Who asks. `contact` is an address of the web or of mail, so that a registry can complain."""

    contact: str
    registries: Mapping[str, str] = field(default_factory=REGISTRIES.copy)
    #: Networks that the SSRF guard lets through besides the public ones: only in tests.
    allowed_networks: Sequence[IPNetwork] = ()

    def find(self, kind: str, number: str) -> Record | None:
        """Return the record of a work; None if its registry has none. Raises FetchFailed, FetchRefused."""
        accepted, read = _READERS[kind]
        answer = fetch(
            self.registries[kind] + quote(number, safe="/"),
            most_bytes=MOST_BYTES,
            seconds=SECONDS,
            headers={"Accept": accepted, "User-Agent": f"Interaxion ({self.contact})"},
            allowed_networks=self.allowed_networks,
        )
        if answer.status in _HAS_NONE or (answer.status == 200 and answer.content_type == "text/html"):
            return None  # a registry that knows no such form answers with the page of the work
        if answer.status != 200:
            raise FetchFailed(f"{answer.url}: the registry answers {answer.status}")
        try:
            return read(answer, number)
        except ValueError as problem:
            raise FetchFailed(f"{answer.url}: {problem}") from problem


_READERS: dict[str, tuple[str, Callable[[Fetched, str], Record | None]]] = {
    "doi": (_CSL, lambda answer, _number: read_csl(answer.body)),
    "arxiv": (_XML, lambda answer, number: read_arxiv(answer.body, number)),
    "isbn": (_XML, lambda answer, number: read_ndl(answer.body, number)),
}
