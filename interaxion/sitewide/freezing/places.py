"""The file that holds an address, as hosts of plain files look for it: `57.html` for `/57`, `blog/index.html` for
`/blog/`. https://docs.github.com/pages and nginx's `try_files $uri $uri.html $uri/index.html`.
"""

from collections.abc import Mapping
from html import escape
from pathlib import PurePosixPath
from urllib.parse import unquote

#: Bytes of a name that every file system takes.
LONGEST_NAME = 255
#: Endings that hosts serve as a page, whatever else an address ends with.
PAGE_ENDINGS = {".html", ".htm"}

_MOVED = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{address}</title>
<link rel="canonical" href="{address}">
<script src="{script}"></script>
<meta http-equiv="refresh" content="0; url={address}">
</head>
<body><p><a href="{address}">{address}</a></p></body>
</html>
"""


def file_of(path: str, *, is_page: bool) -> str | None:
    """Return the name of the file for the path of an address, or None if no file can have it.

    `path` may be percent-encoded; the name is as it reads. `is_page`: whether it answers with HTML.
    """
    name = unquote(path).removeprefix("/")
    if name.endswith("/") or not name:
        name += "index.html"
    elif is_page and PurePosixPath(name).suffix.lower() not in PAGE_ENDINGS:
        name += ".html"
    segments = name.split("/")
    if any(each in {"", ".", ".."} or len(each.encode()) > LONGEST_NAME for each in segments):
        return None
    return None if "\\" in name or "\0" in name else name


def moved_page(address: str, *, language: str, script: str) -> str:
    """Return a page that leads to `address` at once. With the script it takes along the query and the fragment."""
    return _MOVED.format(address=escape(address), language=language, script=escape(script))


def with_policy(page: bytes, headers: Mapping[str, str]) -> bytes:
    """Return the page with its Content-Security-Policy inside: a host of files sends no header for it.

    Browsers ignore `frame-ancestors` and `sandbox` there, and say so. https://www.w3.org/TR/CSP3/#meta-element
    """
    directives = headers.get("Content-Security-Policy", "").split("; ")
    policy = "; ".join(each for each in directives if not each.startswith(("frame-ancestors", "sandbox")))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">' if policy else ""
    return page.replace(b'<meta charset="utf-8">', f'<meta charset="utf-8">{meta}'.encode(), 1)
