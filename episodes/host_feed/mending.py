"""Mending XML that hosts write wrongly: control characters, a bare `&`, entities of HTML. No Django."""

import re
from html.entities import html5

_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CDATA = re.compile(rb"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_AMPERSAND = re.compile(rb"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30};)?")


def mend(data: bytes) -> bytes:
    """Return the document in UTF-8, or another encoding that includes ASCII, with what XML cannot hold spelled out."""
    parts = _CDATA.split(_CONTROL.sub(b"", data))
    return b"".join(part if place % 2 else _AMPERSAND.sub(_spell, part) for place, part in enumerate(parts))


def _spell(found: re.Match[bytes]) -> bytes:
    name = (found[1] or b"").decode()
    text = html5.get(name, "")
    return "".join(f"&#{ord(c)};" for c in text).encode() if text else b"&amp;" + name.encode()
