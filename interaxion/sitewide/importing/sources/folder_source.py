"""A file or a folder as the source of an import."""

import os
import unicodedata
from itertools import islice
from pathlib import Path

from interaxion.content.importing.links import FILE_SUFFIXES
from interaxion.sitewide.importing.sources.source import (
    MOST_BYTES,
    MOST_FILES,
    SITE_MARKS,
    ImportSource,
    is_ignored,
    refuse,
    too_large,
    validate_count,
)
from interaxion.text.source_errors import SourceError, gettext_noop


class FolderSource(ImportSource):
    def __init__(self, root: Path, selected: Path) -> None:
        self.root = root
        #: Name → path. Names are NFC as in a zip; macOS writes some as NFD, and the disk needs its own spelling.
        self.paths: dict[str, Path] = {}
        refused: list[SourceError] = []
        names = self._names_in(selected, refused)
        is_site = any((root / mark).exists() for mark in SITE_MARKS)
        is_alone = selected.is_file() and not is_site and not (root / "index.md").exists()
        if is_alone:
            all_names = names + [name for name in self._files_beside() if name not in names]
        else:
            all_names = names if selected == root else self._names_in(root, [])
        super().__init__("" if is_alone else root.name, names, all_names, refused)

    def read(self, name: str) -> bytes:
        path = self.paths.get(name, self.root / name)
        try:
            if path.stat().st_size > MOST_BYTES:
                raise too_large(name)
            return path.read_bytes()
        except OSError as problem:
            raise _unreadable(name, problem) from problem

    def _name_of(self, path: Path) -> str:
        written = path.relative_to(self.root).as_posix()
        name = unicodedata.normalize("NFC", _as_text(written))
        name = name if self.paths.get(name, path) == path else written  # the folder holds both spellings of the name
        self.paths[name] = path
        return name

    def _files_beside(self) -> list[str]:
        """The files that a single document may show: those in its folder, and one level below."""
        names = [
            self._name_of(path)
            for pattern in ("*", "*/*")
            for path in islice(self.root.glob(pattern), MOST_FILES)
            if path.suffix.lower() in FILE_SUFFIXES and path.is_file() and not path.is_symlink()
        ]
        return [name for name in names if not any(is_ignored(part, is_folder=True) for part in name.split("/"))]

    def _names_in(self, selected: Path, refused: list[SourceError]) -> list[str]:
        names = []
        waiting = [selected]
        while waiting:
            path = waiting.pop()
            name = self._name_of(path)
            try:
                if path.is_symlink():
                    refused.append(refuse(name, gettext_noop("links are not followed")))
                elif path.is_dir():
                    waiting += [
                        inside for inside in path.iterdir() if not is_ignored(inside.name, is_folder=inside.is_dir())
                    ]
                elif path.is_file():
                    names.append(name)
            except OSError as problem:
                refused.append(_unreadable(name, problem))
        validate_count(selected.name, names)
        return names


def _as_text(name: str) -> str:
    """Decode the name of a file on disk. A name that is not UTF-8 was unpacked from a zip of Windows in Japan."""
    data = os.fsencode(name)
    for encoding in ("utf-8", "cp932"):
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue
    return data.decode("utf-8", "replace")


def _unreadable(name: str, problem: OSError) -> SourceError:
    message, cure = gettext_noop("it cannot be read: %(reason)s"), gettext_noop("see that it is there and may be read")
    return SourceError(name, 1, message, cure, reason=problem.strerror or str(problem))
