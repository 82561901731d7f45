"""Asking this site what it answers to a visitor, in this process."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings

from interaxion.sitewide.asking import Site

MOST_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True)
class Answer:
    status: int
    address: str  # of the page at the end of the redirects


class SiteProbe:
    def __init__(self) -> None:
        self.site = Site()

    def ask(self, path: str, query: str = "") -> Answer:
        """Return the answer to a GET, redirects within this site followed."""
        status, address = 0, path
        for _hop in range(MOST_REDIRECTS):
            status, location = self._get(address, query)
            if status not in REDIRECTS:
                break
            target = urlsplit(location)
            if target.netloc and target.netloc != urlsplit(settings.SITE_URL).netloc:
                return Answer(200, location)  # it leads to another site on purpose
            address, query = target.path or "/", target.query
        return Answer(status, unquote(address))

    def _get(self, path: str, query: str) -> tuple[int, str]:
        with self.site.ask(path, query) as response:
            return response.status_code, response.headers.get("Location", "")
