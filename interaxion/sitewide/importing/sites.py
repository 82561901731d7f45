"""The Jekyll sites inside what is imported, and the files of each."""

import re
from codecs import BOM_UTF8
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from interaxion.content.importing.inputs import Place
from interaxion.content.importing.jekyll_config import JekyllConfig
from interaxion.content.importing.links import DOCUMENT_SUFFIXES
from interaxion.content.site_time import SITE_ZONE, is_time_zone
from interaxion.sitewide.importing.sources.source import SITE_MARKS, ImportSource
from interaxion.text.front_matter.parsing import SourceDocument, parse_data, parse_document, read_text
from interaxion.text.jekyll.titles import read_entities
from interaxion.text.source_errors import SourceError

INCLUDES = "_includes/"
#: `](waves/)`, `](./waves/index.md)` and `href="waves/index.html"`.
_LINK_TO_FOLDER = re.compile(r"""\]\((?:\./)?([^\s()/:#?]+)/[^\s()]*\)|\bhref=["'](?:\./)?([^\s"'/:#?]+)/""")


@dataclass(frozen=True)
class Site:
    """One Jekyll site, or a plain folder; `root` is "" or ends with a slash."""

    root: str
    is_jekyll: bool
    source: ImportSource
    config: JekyllConfig
    names: tuple[str, ...]  # to import
    all_names: tuple[str, ...]
    includes: tuple[str, ...] = ()  # the files in `_includes`, which documents put into their text

    @cached_property
    def documents_by_folder(self) -> dict[PurePosixPath, list[str]]:
        documents = defaultdict(list)
        for path in map(PurePosixPath, self.all_names):
            if path.suffix in DOCUMENT_SUFFIXES:
                documents[path.parent].append(path.name)
        return documents

    @cached_property
    def zone(self) -> str:
        """`timezone:` of the site; "" if it names none that we know."""
        return self.config.zone if is_time_zone(self.config.zone) else ""

    @cached_property
    def home_zone(self) -> str:
        return str(SITE_ZONE)

    @cached_property
    def first_names(self) -> dict[PurePosixPath, str]:
        """The first name in each folder."""
        return {PurePosixPath(name).parent: name for name in reversed(self.names)}

    def place(self, name: str, *, is_course: bool = False, episodes_in: str = "") -> Place:
        """`is_course` and `episodes_in`, a folder, are what somebody has said of the files."""
        path = PurePosixPath(name)
        documents = self.documents_by_folder.get(path.parent, [])
        siblings = tuple(other for other in documents if other != path.name)
        return Place(
            name_in_site=name.removeprefix(self.root),
            folder=path.parent.name or self.source.root_name,
            has_index=path.stem == "index" or "index.md" in siblings,
            is_in_site=self.is_jekyll,
            is_site_root=self.is_jekyll and name.removeprefix(self.root) == path.name,
            siblings=siblings,
            is_episode=bool(episodes_in) and path.is_relative_to(self.root + episodes_in.strip("/")),
            is_of_named_course=is_course,
            is_hub=path.parent in self.hubs,
            beside=self.folders_in.get(path.parent.parent, {}),
            rank=self.ranks.get(path.parent),
        )

    @cached_property
    def folders_in(self) -> dict[PurePosixPath, dict[str, list[str]]]:
        """By folder, the folders in it with documents, by their names: the names of those."""
        folders: dict[PurePosixPath, dict[str, list[str]]] = defaultdict(dict)
        for folder, documents in self.documents_by_folder.items():
            folders[folder.parent][folder.name] = documents
        return folders

    @cached_property
    def ranks(self) -> dict[PurePosixPath, int]:
        """The places of folders in the index.md above them that links to them, such as a list of courses."""
        ranks = {}
        for hub in self.hubs:
            linked = links_to_folders(self._text_of(str(hub / "index.md")), self.folders_in.get(hub, {}))
            ranks.update({hub / name: place for place, name in enumerate(linked, start=1)})
        return ranks

    def _text_of(self, name: str) -> str:
        """Return the text of a document; "" for one that cannot be read, which is reported where it is imported."""
        try:
            return read_text(name, self.source.read(name))
        except SourceError:
            return ""

    @cached_property
    def hubs(self) -> set[PurePosixPath]:
        """The folders whose index.md stands above other folders with one, as of a list of courses."""
        indexed = {folder for folder, names in self.documents_by_folder.items() if "index.md" in names}
        return {folder.parent for folder in indexed if folder.parent in indexed and folder.parent != folder}

    def read(self, name: str) -> bytes:
        return self.source.read(self.root + name)

    def has_front_matter(self, name: str) -> bool:
        """Whether Jekyll makes a page of the file; without front matter it is copied as it is, like a style sheet."""
        try:
            return self.source.read(name).removeprefix(BOM_UTF8).startswith(b"---")
        except SourceError:
            return True  # reported when the document is read

    def document(self, name: str, data: bytes) -> SourceDocument:
        """Parse the bytes of the file, with what `defaults:` of `_config.yml` gives it. Raises SourceError."""
        document = replace(parse_document(name, data), zone=self.zone, home_zone=self.home_zone)
        defaults = self.config.defaults_for(name.removeprefix(self.root)) if document.has_front_matter else {}
        document = replace(document, meta=defaults | document.meta) if defaults else document
        return document if self.config.is_ours else read_entities(document)


def links_to_folders(text: str, folders: Collection[str]) -> list[str]:
    """Return those of the folders that links of a text name, in the order of the first link to each."""
    linked = (found[1] or found[2] for found in _LINK_TO_FOLDER.finditer(text))
    return [name for name in dict.fromkeys(unquote(each) for each in linked) if name in folders]


def find_sites(source: ImportSource) -> list[Site]:
    roots = _roots(source)
    by_length = sorted(roots, key=len, reverse=True)

    def root_of(name: str) -> str:
        return next(root for root in by_length if name.startswith(root))

    marked = {root_of(name) for name in source.all_names if set(PurePosixPath(name).parts) & set(SITE_MARKS)}
    sites = []
    for root in sorted(roots):
        data = read_data(source, f"{root}_config.yml")
        config = JekyllConfig(data if isinstance(data, dict) else {})
        given, all_names = ([n for n in names if root_of(n) == root] for names in (source.names, source.all_names))
        read, all_read = ([n for n in names if config.reads(n.removeprefix(root))] for names in (given, all_names))
        # If Jekyll reads none of the given files, somebody named them on purpose: import them all the same.
        includes = tuple(name for name in all_names if name.startswith(f"{root}{INCLUDES}"))
        wanted = [name for name in given if name not in includes]
        sites.append(Site(root, root in marked, source, config, tuple(read or wanted), tuple(all_read), includes))
    return sites


def read_data(source: ImportSource, name: str) -> Any:
    """Return the data of a YAML file; None if there is none or it cannot be read."""
    try:
        return parse_data(name, source.read(name)) if name in source.all_names else None
    except SourceError:
        return None


def _roots(source: ImportSource) -> set[str]:
    """The topmost folders of sites. `blog/_posts/` in a site with a `_config.yml` is that site's category `blog`."""
    roots = {""}
    for name in source.all_names:
        parts = PurePosixPath(name).parts
        roots |= {"".join(f"{part}/" for part in parts[:i]) for i, part in enumerate(parts) if part in SITE_MARKS}
    configured = {root for root in roots if f"{root}_config.yml" in source.all_names}
    inside = {root for root in roots - configured if any(root.startswith(site) for site in configured)}
    return (roots - inside) | {""}
