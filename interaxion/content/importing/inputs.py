"""The inputs of an import: the options of the run, the site around the files, and the place of a file."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import IntEnum
from functools import cached_property
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from interaxion.content.importing.links import DOCUMENT_SUFFIXES, Links
from interaxion.content.importing.site_files import SiteFiles, resolve_in_site
from interaxion.content.paths import normalise
from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.kramdown import JekyllSite
from interaxion.text.source_errors import SourceError, gettext_noop

#: Raise it when the same file gives other rows than before: files of an older importer are then imported again.
IMPORTER_VERSION = 6
POST_FOLDERS = {"_posts", "_drafts"}
#: A value of front matter that may name a file.
_FILE_LIKE = re.compile(r"[^\n]+\.\w{1,5}(?:[?#][^\n]*)?")


class Claim(IntEnum):
    """How strongly an app recognises a file; the strongest claim wins."""

    NONE = 0
    SITE = 1  # a page of a Jekyll site that no other app recognises
    FOLDER = 2
    HEADING = 3
    KEYS = 4
    LAYOUT = 5
    SOUND = 6  # it names its sound, or somebody has said that it is an episode


@dataclass(frozen=True)
class Place:
    """The place of a document in what is imported."""

    name_in_site: str = ""  # relative to the site's root
    folder: str = ""  # the name of its folder, "" for a single file
    has_index: bool = False  # its folder has an index.md
    is_in_site: bool = False  # in a Jekyll site
    is_site_root: bool = False  # in the topmost folder of the site
    is_episode: bool = False  # somebody has said that its folder holds episodes
    is_of_named_course: bool = False  # somebody has said which course it belongs to
    is_hub: bool = False  # its folder has an index.md, and so has one of the folders in it: the index lists others
    siblings: tuple[str, ...] = ()  # the names of the other documents in its folder
    #: The folders beside its own, and its own, by their names: the names of the documents in each.
    beside: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rank: int | None = None  # the place of its folder, from 1, in the index.md that lists it and others

    @property
    def is_course(self) -> bool:
        return self.is_of_named_course or (self.has_index and not self.is_site_root and not self.is_hub)

    @property
    def is_dated(self) -> bool:
        """Whether it is among the posts of a Jekyll site."""
        return bool(POST_FOLDERS & set(PurePosixPath(self.name_in_site).parts))

    @property
    def folders(self) -> tuple[str, ...]:
        """The categories that Jekyll reads from the path: the folders above `_posts/`, as in `blog/_posts/`."""
        folders = PurePosixPath(self.name_in_site).parts[:-1]
        if not self.is_dated or folders[0] in POST_FOLDERS:
            return ()
        return tuple(folder for folder in folders if folder not in POST_FOLDERS)


@dataclass(frozen=True)
class ImportInputs:
    # of the run
    number: Decimal | None = None
    course: str = ""
    publish_at: datetime | None = None
    overwrite: bool = False
    kind: str = ""  # of the site, as somebody has said it; "" for what its own files say
    #: Key of front matter → our own key for what it says, as somebody has said it.
    key_map: Mapping[str, str] = field(default_factory=dict)
    episodes_in: str = ""  # the folder of the site whose documents are episodes
    is_demo: bool = False
    link_map: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    #: Key of a thing → the file of this run that became it: no two files may become the same thing.
    taken: dict[str, str] = field(default_factory=dict)
    #: Address → the file of this run that states it in its front matter: no derived address may take it.
    stated: dict[str, str] = field(default_factory=dict)
    # of the site
    site: JekyllSite = field(default_factory=JekyllSite)
    permalink: str = ""  # `permalink:` of _config.yml
    zone: str = ""  # that dates without one are in
    language: str = ""  # `lang:` of _config.yml; "" without one
    likely_language: Callable[[], str] = str  # of most of its texts, for one whose own words do not tell
    own_hosts: frozenset[str] = frozenset()
    undated_at: datetime | None = None  # the date of pages and glossary entries that have none
    navigation: tuple[str, ...] | None = None  # the paths in `_data/nav_bar_items.yml`; None without one
    files: SiteFiles = field(default_factory=SiteFiles)
    audio_folder: str = ""  # the address of the folder with the audio files, if _config.yml names it
    people: Mapping[str, str] = field(default_factory=dict)  # the short names of its data → the names of people
    liquid_digest: Callable[[], str] = str  # of all files that Liquid in a document may read
    # of the document
    folder: str = ""  # relative to the root of the site
    defaults: Mapping[str, Any] = field(default_factory=dict)  # the front matter that _config.yml gives it

    @cached_property
    def links(self) -> Links:
        return Links(self.own_hosts, self.link_map, self.find_file, self.site.baseurl, self.find_page)

    def find_file(self, address: str) -> str | None:
        return self.files.find(address, self.folder)

    def find_page(self, address: str) -> str | None:
        """Return the address of the document that a relative link such as `../about.md` or `other.html` names."""
        named = resolve_in_site(address, self.folder)
        stem = named.removesuffix(".html")
        names = [named] if stem == named else [stem + suffix for suffix in DOCUMENT_SUFFIXES]
        return next(filter(None, map(self.site.posts.get, names)), None)

    def digest(self, name: str, text: str) -> str:
        """Return a hash of a document, of the inputs and of the importer. Nothing is parsed for it."""
        place, site = PurePosixPath(name), self.site
        parts = [
            IMPORTER_VERSION, place.name, "_drafts" in place.parts, text,
            self.number, self.course, self.publish_at, self.language, self.zone, self.permalink, self.defaults,
            sorted(self.key_map.items()), self.episodes_in, sorted(self.people.items()), self.audio_folder,
            sorted(self.link_map.items()), sorted(self.own_hosts),
            site.url, site.baseurl, site.parses_html, site.liquid,
            self.liquid_digest() if "{%" in text or "{{" in text else "",
        ]  # fmt: skip
        return sha256(json.dumps(parts, default=str).encode()).hexdigest()

    def facts(self, document: SourceDocument) -> dict[str, Any]:
        """Return what `ImportedFile.facts` keeps of a document that was just imported."""
        values = filter(_FILE_LIKE.fullmatch, filter(lambda value: isinstance(value, str), document.meta.values()))
        named = {*self.links.files_named(document.text), *map(self.links.within_site, values)}
        return {
            "files": {address: self._hash_of(address) for address in sorted(named)},
            "keys": [key for key, file in self.taken.items() if file == document.name],
            "stated": next((path for path, file in self.stated.items() if file == document.name), ""),
        }

    def has_same_files(self, facts: Mapping[str, Any]) -> bool:
        """Whether the files that a document names are still those of its `facts`: none changed, gone or added."""
        return all(self._hash_of(address) == known for address, known in facts.get("files", {}).items())

    def _hash_of(self, address: str) -> str:
        name = self.find_file(address)
        return self.files.hash_of(name) if name else ""

    def taker(self, key: object) -> str | None:
        """Return the file of the run that became the thing of `key`."""
        return self.taken.get(_spell(key))

    def name_of(self, person: str) -> str:
        """Return the name of the person whom the site's data call so: `hanako` → `花子`."""
        return self.people.get(person, person)

    def is_anothers(self, document: SourceDocument, path: str) -> bool:
        """Whether another file of the run has this address, or states it as its own."""
        path = normalise(path)
        return any(files.get(path, document.name) != document.name for files in (self.taken, self.stated))

    def take(self, name: str, key: object, line: int = 1) -> None:
        """Record that the file becomes the thing of `key`. Raises SourceError if another file of the run did."""
        other = self.taken.setdefault(_spell(key), name)
        if other != name:
            raise SourceError(
                name,
                line,
                gettext_noop("this is what %(other)s is already"),
                gettext_noop("delete one of the two files, or change its number or permalink"),
                other=other,
            )


def _spell(key: object) -> str:
    """Write a key of `taken` as text, which can be stored; a number by its value, not by its digits."""
    return key if isinstance(key, str) else json.dumps(key, default=float, ensure_ascii=False)
