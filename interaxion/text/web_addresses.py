"""Web addresses as such; what they identify is the concern of `addresses/`."""

import re
from urllib.parse import quote, urljoin, urlsplit


def absolute_url(address: str, base: str) -> str:
    """Return `/57` as an absolute URL with the host of `base`, in ASCII as Apple requires."""
    return quote(urljoin(base, address), safe="/#%[]=:;$&()+,!?*@'~")


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
