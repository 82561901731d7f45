"""The addresses of notes, and what a link means that calls a note or file by its name."""

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePosixPath

from interaxion.content import paths
from interaxion.content.importing.links import DOCUMENT_SUFFIXES
from interaxion.text.jekyll.keys import day_in_name

#: Notion puts the id of a page behind its name.
_ID = re.compile(r"[ _-][0-9a-f]{32}$")


def stem_of(name: str) -> str:
    """`潮/風 0123456789abcdef0123456789abcdef.md` → `風`."""
    return _ID.sub("", PurePosixPath(name).stem)


def address_of_note(name: str) -> str:
    """`潮/2021-05-01-風.md` → `/潮/風`."""
    slug = paths.slug_of(stem_of(name).removeprefix(day_in_name(name)).strip("-"), "post")
    folders = [paths.slug_of(folder, "post") for folder in PurePosixPath(name).parent.parts]
    return "/" + "/".join([*(folders or ["blog"]), slug])


class NamedFiles:
    """`notes` are those of the files that have the address of a note; `others` have other names here."""

    def __init__(self, names: Iterable[str], notes: Collection[str], others: Mapping[str, str]) -> None:
        self.notes, self.others = notes, others
        self._called: dict[str, list[str]] = {}
        for name in names:
            path = PurePosixPath(name)
            words = {name, path.name}
            if path.suffix.lower() in DOCUMENT_SUFFIXES:
                words |= {str(path.with_suffix("")), path.stem, stem_of(name)}
            for word in words:
                self._called.setdefault(word.lower(), []).append(name)

    def find(self, named: str, folder: PurePosixPath) -> str | None:
        """Return the address that a link to this name needs in a note of the folder, where it is looked for first."""
        found = self._called.get(named.lower().lstrip("/"), [])
        name = next((name for name in found if PurePosixPath(name).parent == folder), next(iter(found), None))
        if name is None:
            return None
        return address_of_note(name) if name in self.notes else f"/{self.others.get(name, name)}"
