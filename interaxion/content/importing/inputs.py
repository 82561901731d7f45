"""What an import works with: the options of the run, the site around the files, and where a file lies."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import IntEnum
from functools import cached_property
from hashlib import sha256
from pathlib import PurePosixPath

from interaxion.content.importing.links import DOCUMENT_SUFFIXES, Links
from interaxion.content.importing.site_files import SiteFiles, lies_at
from interaxion.content.paths import normalise
from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.kramdown import JekyllSite
from interaxion.text.source_errors import SourceError, gettext_noop

#: Rises when the same file begins to give other rows; a file imported by an older one is imported anew.
IMPORTER_VERSION = 3
POST_FOLDERS = {"_posts", "_drafts"}


class Claim(IntEnum):
    """By what an app knows a file as its own; the strongest claim wins."""

    NONE = 0
    SITE = 1  # all that a Jekyll site publishes and nobody else knows
    FOLDER = 2
    HEADING = 3
    KEYS = 4
    LAYOUT = 5


@dataclass(frozen=True)
class Place:
    """Where a document lies."""

    name_in_site: str = ""  # relative to the site's root
    folder: str = ""  # the name of its folder, "" for a file on its own
    has_index: bool = False  # an index.md lies beside it
    is_in_site: bool = False  # in a Jekyll site
    is_site_root: bool = False  # in the topmost folder of one
    others: tuple[str, ...] = ()  # the names of the documents beside it

    @property
    def is_course(self) -> bool:
        return self.has_index and not self.is_site_root

    @property
    def is_dated(self) -> bool:
        """Among the posts of a Jekyll site."""
        return bool(POST_FOLDERS & set(PurePosixPath(self.name_in_site).parts))

    @property
    def folders(self) -> tuple[str, ...]:
        """The categories that Jekyll reads from the path: the folders around `blog/_posts/`, none below `_posts/`."""
        folders = PurePosixPath(self.name_in_site).parts[:-1]
        is_apart = self.is_dated and folders[0] not in POST_FOLDERS
        return tuple(folder for folder in folders if folder not in POST_FOLDERS) if is_apart else ()


@dataclass(frozen=True)
class ImportInputs:
    # of the run
    number: Decimal | None = None
    course: str = ""
    publish_at: datetime | None = None
    overwrite: bool = False
    is_demo: bool = False
    link_map: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    #: What this run has imported, by whom: no two files may become the same thing.
    taken: dict[object, str] = field(default_factory=dict)
    #: The addresses that files of this run name in so many words, each with its file: no invented one takes them.
    written: dict[str, str] = field(default_factory=dict)
    # of the site
    site: JekyllSite = field(default_factory=JekyllSite)
    permalink: str = ""  # `permalink:` of _config.yml
    language: str = "ja"
    own_hosts: frozenset[str] = frozenset()
    undated_at: datetime | None = None  # the date of what has none and needs none
    navigation: tuple[str, ...] | None = None  # the paths in `_data/nav_bar_items.yml`; None without one
    files: SiteFiles = field(default_factory=SiteFiles)
    # of the document
    folder: str = ""  # where it lies in the site

    @cached_property
    def links(self) -> Links:
        return Links(self.own_hosts, self.link_map, self.find_file, self.site.baseurl, self.find_page)

    def find_file(self, address: str) -> str | None:
        return self.files.find(address, self.folder)

    def find_page(self, address: str) -> str | None:
        """The address of the document that `../about.md` or `other.html` names by where it lies."""
        named = lies_at(address, self.folder)
        stem = named.removesuffix(".html")
        names = [named] if stem == named else [stem + suffix for suffix in DOCUMENT_SUFFIXES]
        return next(filter(None, map(self.site.posts.get, names)), None)

    def digest(self, document: SourceDocument) -> str:
        """The same for the same file, files that it names, inputs and importer."""
        in_front_matter = (self.find_file(value) for value in document.meta.values() if isinstance(value, str))
        mentioned = sorted(
            {*(file for _address, file in self.links.files_in(document.text)), *filter(None, in_front_matter)}
        )
        place = PurePosixPath(document.name)
        parts = [
            IMPORTER_VERSION, place.name, "_drafts" in place.parts, document.text,
            self.number, self.course, self.publish_at, self.language,
            sorted(self.link_map.items()), self.site.url, self.site.baseurl, self.permalink, sorted(self.own_hosts),
            document.zone, [(key, value) for key, value in document.meta.items() if key not in document.key_lines],
            [(name, sha256(self.files.read(name)).hexdigest()) for name in mentioned],
        ]  # fmt: skip
        return sha256(json.dumps(parts, default=str).encode()).hexdigest()

    def is_anothers(self, document: SourceDocument, path: str) -> bool:
        """Whether another file of the run has this address, or names it for itself."""
        path = normalise(path)
        return any(of.get(path, document.name) != document.name for of in (self.taken, self.written))

    def take(self, document: SourceDocument, key: object, line: int = 1) -> None:
        """Note that this file becomes the thing of `key`. Raises SourceError if another file of the run did."""
        other = self.taken.setdefault(key, document.name)
        if other != document.name:
            raise SourceError(
                document.name,
                line,
                gettext_noop("this is what %(other)s is already"),
                gettext_noop("delete one of the two files, or change its number or permalink"),
                other=other,
            )
