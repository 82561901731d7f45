"""The address of a plain page: where the old site had it, and where this one has it."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from interaxion.content import paths
from interaxion.content.importing.editions import edition_path, split_language
from interaxion.content.importing.inputs import ImportInputs, Place
from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.jekyll.keys import text_of
from interaxion.text.jekyll.permalinks import path_of_page

#: Pages that this site makes at another address or whenever they are wanted.
OWN_PAGES = ("/404", "/404.html", "/search.html")


@dataclass(frozen=True)
class PageAddress:
    old: str
    path: str
    language: str  # the code of the language that the old address begins with; "" without one
    others: list[str]  # further addresses that are to lead to the page


def address_on_old_site(document: SourceDocument, place: Place, inputs: ImportInputs) -> PageAddress:
    """Outside of a Jekyll site, a folder gives its name to the address."""
    name = place.name_in_site if place.is_in_site else f"{place.folder}/{PurePosixPath(document.name).name}"
    is_stated = bool(text_of(document, "permalink"))
    old = path_of_page(document, name, inputs.permalink)
    if document.is_html and not is_stated and PurePosixPath(name).stem != "index" and inputs.permalink != "pretty":
        old = old if old.endswith(".html") else f"{old.rstrip('/')}.html"
    language, rest = split_language(old)
    path = paths.as_ours(edition_path(rest, language) if language else old)
    others = [] if language or old == path else [old]
    if language and paths.find_path(rest) is None:
        others.append(rest)  # there the interface in this language looks for it
    if not is_stated and not language and not paths.is_front_page(old):
        stem = old.removesuffix(".html").rstrip("/")
        others.append(stem if old.endswith(".html") else f"{stem}.html")
    return PageAddress(old, path, language or (old.strip("/") if paths.is_front_page(old) else ""), others)
