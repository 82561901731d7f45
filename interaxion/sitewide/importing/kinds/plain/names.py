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


def folders_of(name: str, root: str) -> tuple[str, ...]:
    """Return the folders of a note below the one that all are in, such as that of a zip."""
    return PurePosixPath(name.removeprefix(root)).parent.parts


def address_of_note(name: str, root: str) -> str:
    """`潮/2021-05-01-風.md` → `/潮/風`."""
    slug = paths.slug_of(stem_of(name).removeprefix(day_in_name(name)).strip("-"), "post")
    folders = [paths.slug_of(folder, "post") for folder in folders_of(name, root)]
    return "/" + "/".join([*(folders or ["blog"]), slug])


def root_of(names: Iterable[str]) -> str:
    """Return the one folder at the top that holds all files, with a slash at its end; "" if there are several."""
    tops = {name.partition("/")[0] if "/" in name else "" for name in names}
    return f"{tops.pop()}/" if len(tops) == 1 and "" not in tops else ""


class NamedFiles:
    """`notes` are those of the files that have the address of a note; `others` have other names here."""

    def __init__(self, names: Iterable[str], notes: Collection[str], others: Mapping[str, str], root: str) -> None:
        self.notes, self.others, self.root = notes, others, root
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
        return address_of_note(name, self.root) if name in self.notes else f"/{self.others.get(name, name)}"
