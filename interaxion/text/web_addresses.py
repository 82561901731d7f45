"""Web addresses as such; what they identify is the concern of `addresses/`."""

import re
from functools import lru_cache
from urllib.parse import quote, unquote, urljoin, urlsplit

_ENCODED_LETTERS = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")


@lru_cache(maxsize=1000)
def absolute_url(address: str, base: str) -> str:
    """Return `/57` as an absolute URL with the host of `base`, in ASCII as Apple requires."""
    return quote(urljoin(base, address), safe="/#%[]=:;$&()+,!?*@'~")


def readable_address(address: str) -> str:
    """Return an address as people read it, with letters of any script instead of percent-encoding; not to be followed.

    What is no UTF-8, and characters that cannot be seen (spaces, direction marks), stay encoded.
    """
    return _ENCODED_LETTERS.sub(_letters, address)


def _letters(encoded: re.Match[str]) -> str:
    letters = unquote(encoded[0])
    return letters if letters.isprintable() and "\ufffd" not in letters else encoded[0]


def is_web_address(text: str) -> bool:
    """Whether it is an address of the web (http, https) or a path of this site."""
    try:
        parts = urlsplit("https:" + text if text.startswith("//") else text)
        _port = parts.port
    except ValueError:
        return False
    if not parts.scheme and not parts.netloc:
        return parts.path.startswith("/")
    host = (parts.hostname or "").rstrip(".")
    return parts.scheme in {"http", "https"} and bool(host) and re.search(r"\s", host) is None
