"""The front matter of a page of Hugo in our own keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from episodes.importing.reading.theme_keys import names_sound, with_our_keys
from episodes.numbers import parse_number
from episodes.title_numbers import split_number
from interaxion.sitewide.importing.kinds.hugo.config import HugoConfig
from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.hugo.addresses import address_of, is_section_page, section_of
from interaxion.text.hugo.front_matter import HugoDocument
from interaxion.text.jekyll.dates import parse_date
from interaxion.text.jekyll.keys import day_in_name
from interaxion.text.jekyll.titles import title_of_slug
from interaxion.text.source_errors import Note, SourceError, gettext_noop

#: Keys of Hugo → ours.
KEYS: Mapping[str, str] = {
    "aliases": "redirect_from", "summary": "excerpt", "description": "excerpt", "author": "authors",
    "anchorembedding": "anchorEmbedding", "images": "image", "cover": "image", "thumbnail": "image",
    "featured_image": "image", "featuredimage": "image", "episode_image": "image",
}  # fmt: skip
#: Keys of how Hugo builds a page, which say nothing to a reader.
OF_HUGO = frozenset({
    "draft", "url", "slug", "layout", "type", "weight", "lastmod", "publishdate", "outputs", "markup", "toc", "menu",
    "menus", "cascade", "build", "_build", "linktitle", "iscjklanguage", "sitemap", "headless", "params", "resources",
    "translationkey", "kind", "path", "permalink",
})  # fmt: skip
#: Sections whose name only says that they hold posts.
_PLAIN_SECTIONS = ("post", "posts", "blog", "articles", "episode", "episodes")
#: Sections with a page for each person, by whose name of the file documents call them, as the theme castanet does.
PEOPLE_SECTIONS = ("guest", "guests", "host", "hosts", "people", "person", "author", "authors", "speakers")


@dataclass(frozen=True)
class HugoPage:
    name: str  # within `content/`, without its language
    address: str
    date: str
    language: str  # "" in a site of one language
    is_in_menu: bool

    @classmethod
    def of(cls, name: str, document: HugoDocument, config: HugoConfig) -> "HugoPage":
        meta = document.meta
        language, plain = config.split_language(name)
        written = next((str(meta[key]) for key in ("date", "publishdate", "lastmod") if meta.get(key)), "")
        written = written or day_in_name(plain)
        address = address_of(
            plain,
            document,
            patterns=config.permalinks,
            date=_instant(name, written, config.text("timezone")),
            is_ugly=config.text("uglyurls") == "true",
        )
        is_in_menu = "main" in (meta.get("menu") or meta.get("menus") or ())
        return cls(plain, config.prefix_of(language) + address, written, language, is_in_menu)


def front_matter_of(page: HugoPage, document: HugoDocument) -> tuple[dict[str, Any], tuple[Note, ...]]:
    """Return the keys that the importers know, and notes on what they cannot take."""
    params = document.meta.get("params")
    written = (params if isinstance(params, dict) else {}) | document.meta
    if page.language:
        written = {"lang": page.language} | written
    meta: dict[str, Any] = {"title": str(written.get("title") or title_of_slug(_slug(page.name)))}
    for key, value in written.items():
        ours = KEYS.get(key, key)
        if key in OF_HUGO or not ours or ours in meta or (ours == "date" and not value):
            continue
        meta[ours] = _picture(value) if ours == "image" else value
    notes = []
    if "expirydate" in meta:
        notes.append(Note(1, gettext_noop("the end of the publication is not taken: set it in the desk")))
    if page.date:
        meta["date"] = page.date
    if str(written.get("draft", "")).lower() == "true":
        meta["published"] = "false"
    is_page = not page.date or is_section_page(page.name) or not section_of(page.name)
    as_ours = with_our_keys(SourceDocument(page.name, "", meta, "", 1, {}, True, ""))
    if names_sound(as_ours):
        return _of_episode(page, meta, as_ours), tuple(notes)
    layout = "page" if is_page else "post"
    section = section_of(page.name)
    if layout == "post" and "categories" not in meta and section not in _PLAIN_SECTIONS:
        meta["categories"] = [section]
    return {"layout": layout, "permalink": page.address} | meta, tuple(notes)


def people_of(documents: Mapping[str, HugoDocument]) -> dict[str, dict[str, str]]:
    """Return the people that have a page of their own, by the names of their files."""
    found = {}
    for name, document in documents.items():
        short = _slug(name)
        if section_of(name) in PEOPLE_SECTIONS and short not in PEOPLE_SECTIONS and document.meta.get("title"):
            found[short] = {"name": str(document.meta["title"])}
    return found


def _of_episode(page: HugoPage, meta: dict[str, Any], as_ours: SourceDocument) -> dict[str, Any]:
    """An episode with a number has the address of its number; the old one leads to it."""
    numbered = split_number(meta["title"])
    if numbered is None and parse_number(str(as_ours.meta.get("number", ""))) is None:
        return {"layout": "episode", "permalink": page.address} | meta
    aliases = meta.get("redirect_from", [])
    aliases = aliases if isinstance(aliases, list) else [aliases]
    return {"layout": "episode"} | meta | {"redirect_from": [*aliases, page.address]}


def _slug(name: str) -> str:
    path = PurePosixPath(name)
    return path.parent.name if path.stem in ("index", "_index") else path.stem


def _picture(value: Any) -> Any:
    """Return the first of `images:`, or the picture in a mapping such as `cover: {image: x.png}`."""
    if isinstance(value, list):
        return _picture(value[0]) if value else ""
    if isinstance(value, dict):
        return next((value[key] for key in ("image", "src", "url", "path") if isinstance(value.get(key), str)), "")
    return value


def _instant(name: str, written: str, zone: str) -> datetime | None:
    try:
        return parse_date(SourceDocument(name, "", {}, "", 1, {}, True, "", zone=zone), written) if written else None
    except SourceError:
        return None
