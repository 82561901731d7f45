"""The answer of a server to a link check, and what it means for the link."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urldefrag, urlsplit, urlunsplit

from interaxion.text.addresses import identify

#: Characters of the longest URL that is requested.
LONGEST = 2000


@dataclass(frozen=True)
class Answer:
    """The HTTP status (0: no answer), and the URL that answered, redirects followed."""

    code: int = 0
    final_url: str = ""
    #: The server says that the page does not exist, or DNS that the host does not.
    is_gone: bool = False

    @property
    def is_fine(self) -> bool:
        return 200 <= self.code < 400


def has_moved(url: str, final_url: str) -> bool:
    """Whether another page answered. Only plain pages move: a DOI, for example, is made to redirect."""
    old, new = identify(url), identify(final_url)
    return bool(old and new and old.kind == "url" and old.key != new.key)


def address_to_ask(url: str) -> str:
    """Return the URL as it is requested: ASCII, without its fragment. "" if it cannot be requested."""
    try:
        parts = urlsplit(urldefrag(url.strip()).url)
        parts = parts._replace(netloc=parts.netloc.encode("idna").decode())
    except ValueError:  # includes UnicodeError
        return ""
    address = quote(urlunsplit(parts), safe="/%:@!$&'()*+,;=~?[]-._")
    return address if parts.scheme in {"http", "https"} and parts.netloc and len(address) <= LONGEST else ""


def archive_address(url: str, at: datetime) -> str:
    """The URL of the Internet Archive's copy nearest to that day. It does not say whether there is a copy.

    https://archive.org/help/wayback_api.php
    """
    return f"https://web.archive.org/web/{at:%Y%m%d}/{url}"
