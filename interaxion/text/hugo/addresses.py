"""Addresses as Hugo builds them. https://gohugo.io/content-management/urls/"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from interaxion.text.hugo.front_matter import HugoDocument

_TOKEN = re.compile(r":([a-z]+)(?:\[([^\]]*)\])?")
_KEPT = "._-+~#"


def urlize(name: str) -> str:
    """`Hello, World` → `hello-world`."""
    text = unicodedata.normalize("NFC", name).strip().lower().replace(" ", "-")
    return re.sub("-{2,}", "-", "".join(c for c in text if c in _KEPT or unicodedata.category(c)[0] in "LMN"))


def is_section_page(name: str) -> bool:
    return PurePosixPath(name).stem == "_index"


def section_of(name: str) -> str:
    """The first folder in `content/`; "" for a page at its top."""
    return next(iter(PurePosixPath(name).parts[:-1]), "")


def address_of(
    name: str, document: HugoDocument, *, patterns: Mapping[str, Any], date: datetime | None, is_ugly: bool = False
) -> str:
    """Return the address of the page that `name`, a file relative to `content/`, becomes.

    `patterns` are those of the configuration, by section.
    """
    if url := str(document.meta.get("url", "")):
        return "/" + unquote(urlsplit(url).path).lstrip("/")
    path = PurePosixPath(name)
    if is_section_page(name):
        return _joined(path.parent.parts)
    is_bundle = path.stem == "index"
    stem = path.parent.name if is_bundle else path.stem
    folders = path.parent.parts[:-1] if is_bundle else path.parent.parts
    if is_bundle and path.parent == PurePosixPath():
        return "/"
    slug = str(document.meta.get("slug", ""))
    pattern = patterns.get(section_of(name)) if folders or is_bundle else None
    if isinstance(pattern, str) and (address := _by_pattern(pattern, stem, slug, folders, document, date)):
        return address
    address = _joined([*folders, slug or stem])
    return f"{address.rstrip('/')}.html" if is_ugly else address


def _joined(parts: Any) -> str:
    return "".join(f"/{urlize(part)}" for part in parts) + "/"


def _by_pattern(
    pattern: str, stem: str, slug: str, folders: tuple[str, ...], document: HugoDocument, date: datetime | None
) -> str:
    """Return the address by `/:year/:slug/`; "" if a part of it is not known."""
    title = urlize(str(document.meta.get("title", "")))
    parts = {
        "title": title, "slug": urlize(slug) or title, "slugorfilename": urlize(slug or stem),
        "slugorcontentbasename": urlize(slug or stem), "filename": urlize(stem), "contentbasename": urlize(stem),
        "section": urlize(folders[0]) if folders else "", "sections": "/".join(map(urlize, folders)),
    }  # fmt: skip
    if date:
        parts |= {
            "year": f"{date.year:04}", "month": f"{date.month:02}", "day": f"{date.day:02}",
            "monthname": date.strftime("%B").lower(), "yearday": str(date.timetuple().tm_yday),
        }  # fmt: skip
    if any(token[1] not in parts for token in _TOKEN.finditer(pattern)):
        return ""
    address = re.sub("/{2,}", "/", "/" + _TOKEN.sub(lambda token: parts[token[1]], pattern))
    return address if "." in address.rsplit("/", 1)[-1] else f"{address.rstrip('/')}/"
