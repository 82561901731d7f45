"""What asking for an address gave, and what that means. Pure."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urldefrag, urlsplit, urlunsplit

from interaxion.text.addresses import identify

LONGEST = 2000


@dataclass(frozen=True)
class Answer:
    """The status, 0 for none, and where the answer came from."""

    code: int = 0
    final_url: str = ""
    #: There is no such page, or no such host.
    is_gone: bool = False

    @property
    def is_fine(self) -> bool:
        return 200 <= self.code < 400


def has_moved(url: str, final_url: str) -> bool:
    """Whether the answer came from another page. What is made to redirect, such as a DOI, does not move by that."""
    asked, answered = identify(url), identify(final_url)
    return bool(asked and answered and asked.kind == "url" and asked.key != answered.key)


def address_to_ask(url: str) -> str:
    """The address as a server sees it: ASCII, without the place in the page. "" for what nobody can be asked for."""
    try:
        parts = urlsplit(urldefrag(url.strip()).url)
        parts = parts._replace(netloc=parts.netloc.encode("idna").decode())
    except ValueError:  # UnicodeError is one
        return ""
    address = quote(urlunsplit(parts), safe="/%:@!$&'()*+,;=~?[]-._")
    return address if parts.scheme in {"http", "https"} and parts.netloc and len(address) <= LONGEST else ""


def archive_address(url: str, at: datetime) -> str:
    """The page as the Internet Archive saw it nearest to that day, if it did.

    https://archive.org/help/wayback_api.php
    """
    return f"https://web.archive.org/web/{at:%Y%m%d}/{url}"
