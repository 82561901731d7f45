"""The settings in `_config.yml` of a Jekyll site; values of a wrong type count as missing. No Django.

https://jekyllrb.com/docs/configuration/, https://jekyllrb.com/docs/collections/
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from interaxion.content.importing.inputs import POST_FOLDERS

#: The folders with a leading `_` that Jekyll reads in every site.
READ_FOLDERS = ("_posts", "_drafts", "_data")
#: Where themes of podcasters keep the people, by short names, and the address of the folder with the audio files.
PEOPLE_KEYS, AUDIO_FOLDER_KEYS = ("actors",), ("download_url", "audio_base_url", "podcast_audio_url")


@dataclass(frozen=True)
class JekyllConfig:
    data: Mapping[str, Any] = field(default_factory=dict)

    def text(self, key: str) -> str:
        return _text(self.data, key)

    @property
    def base(self) -> str:
        """The path at which the site begins: `/waves`, or ""."""
        base = self.text("baseurl").strip("/")
        return base and f"/{base}"

    @property
    def zone(self) -> str:
        """The time zone of dates without one, as written."""
        return self.text("timezone")

    @property
    def is_ours(self) -> bool:
        """Whether we wrote the site: then its files contain no Liquid and its titles no HTML."""
        return "interaxion_export" in self.data or "interaxion_reads" in self.data

    @property
    def parses_html(self) -> bool:
        return _text(_mapping(self.data, "kramdown"), "parse_block_html") == "true"

    @cached_property
    def people(self) -> Mapping[str, Mapping[str, Any]]:
        """The people, each with a `name`, by the short names that documents use."""
        found = (_mapping(self.data, key) for key in PEOPLE_KEYS)
        return {short: person for people in found for short, person in people.items() if _text(person, "name")}

    @property
    def audio_folder(self) -> str:
        """The address of the folder with the audio files; "" if none is named."""
        address = next(filter(None, map(self.text, AUDIO_FOLDER_KEYS)), "")
        return address if "://" in address else ""

    @cached_property
    def collections(self) -> Mapping[str, str]:
        """The collections that have pages, each with the pattern of its addresses."""
        collections = _mapping(self.data, "collections")
        return {
            name: _text(options, "permalink") or "/:collection/:path:output_ext"
            for name, options in collections.items()
            if isinstance(options, dict) and (_text(options, "output") == "true" or name == "posts")
        }

    def reads(self, name: str) -> bool:
        """Whether Jekyll reads the file.

        It skips what `exclude:` names, and folders with a leading `_`, except READ_FOLDERS and collections.
        """
        if self._excludes(name):
            return False
        folders = [folder for folder in PurePosixPath(name).parts[:-1] if folder.startswith("_")]
        return all(folder in READ_FOLDERS or folder[1:] in self.collections for folder in folders)

    def _excludes(self, name: str) -> bool:
        """Whether `exclude:` names the file or a folder around it, and `include:` does not name that again.

        A name excludes whatever begins with it, as in Jekyll: `Jekyll::EntryFilter#glob_include?`.
        """
        path = PurePosixPath(name)
        around = [name, *(folder.as_posix() for folder in path.parents[:-1])]

        def is_named(key: str) -> bool:
            listed = self.data.get(key)
            patterns = [each.strip("/") for each in listed if isinstance(each, str)] if isinstance(listed, list) else []
            return any(
                entry.startswith(pattern) or fnmatchcase(entry, pattern)
                for pattern in filter(None, patterns)
                for entry in around
            )

        return is_named("exclude") and not is_named("include")

    def pattern_for(self, name: str) -> str:
        """The pattern of the file's address."""
        posts = _text(_mapping(_mapping(self.data, "collections"), "posts"), "permalink")
        return self.collections.get(_collection_of(name), "") or posts or self.text("permalink")

    def defaults_for(self, name: str) -> dict[str, Any]:
        """The front matter that `defaults:` gives the file; the scope with the longer path wins."""
        listed = self.data.get("defaults", [])
        scoped = []
        for item in listed if isinstance(listed, list) else ():
            scope = _mapping(item, "scope")
            path, scope_type = _text(scope, "path").strip("/"), _text(scope, "type")
            is_inside = not path or name.startswith(f"{path}/") or fnmatchcase(name, path)
            if is_inside and scope_type in ("", *_types_of(name)):
                scoped.append((len(path), bool(scope_type), _mapping(item, "values")))
        defaults: dict[str, Any] = {}
        for _length, _has_type, values in sorted(scoped, key=lambda entry: entry[:2]):
            defaults |= values
        return defaults


def _collection_of(name: str) -> str:
    folders = PurePosixPath(name).parts[:-1]
    return next((folder[1:] for folder in folders if folder.startswith("_") and folder not in READ_FOLDERS), "")


def _types_of(name: str) -> tuple[str, ...]:
    """The `type` of the file in a scope: `pages`, `posts` (of a draft, too) or a collection."""
    folders = POST_FOLDERS & set(PurePosixPath(name).parts[:-1])
    if folders:
        return ("posts", "drafts") if "_drafts" in folders else ("posts",)
    return (_collection_of(name) or "pages",)


def _mapping(value: Any, key: str) -> Mapping[str, Any]:
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _text(mapping: Any, key: str) -> str:
    value = mapping.get(key, "") if isinstance(mapping, Mapping) else ""
    return value.strip() if isinstance(value, str) else ""
