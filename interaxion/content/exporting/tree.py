"""The folder of an export: only changed files are written, obsolete ones deleted, other people's files kept."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

#: Every file of the export with its SHA-256, in the format of `sha256sum --check`.
MANIFEST = ".sha256sums"


class FolderRefused(Exception):
    """The folder holds something other than an export."""


class Tree:
    """Use it as a context manager: the manifest is written at the end, even if the export is interrupted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written: dict[str, str] = {}
        self.changed = 0
        self._names: set[str] = set()
        self._spellings: dict[str, str] = {}
        manifest = folder / MANIFEST
        if folder.exists() and not folder.is_dir():
            raise FolderRefused(f"{folder} is no folder.")
        others = [path for path in folder.glob("*") if not path.name.startswith(".")] if folder.is_dir() else []
        if others and not manifest.is_file():
            raise FolderRefused(f"{folder} holds other files ({others[0].name}): give an empty or a new folder.")
        lines = manifest.read_text(encoding="utf-8").splitlines() if manifest.is_file() else []
        self.before = {name: digest for digest, _space, name in (line.partition("  ") for line in lines)}

    def __enter__(self) -> "Tree":
        self.folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, problem: type[BaseException] | None, *_: object) -> None:
        if problem is None:
            for name in self.before.keys() - self.written.keys():
                self._delete(name)
        else:
            self.written = self.before | self.written
        lines = (f"{digest}  {name}\n" for name, digest in sorted(self.written.items()))
        self._replace(self.folder / MANIFEST, "".join(lines).encode())

    def add(self, name: str, data: bytes) -> None:
        """Write the file unless it is there with the same bytes; idempotent."""
        path = self.folder / name
        self.written[name] = sha256(data).hexdigest()
        if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
            return
        self._replace(path, data)
        self.changed += 1

    def is_taken(self, name: str) -> bool:
        """Whether it would be another file's on a disk that ignores case, as on macOS. Else it is this name's now."""
        return self._spellings.setdefault(name.casefold(), name) != name

    def has(self, name: str) -> bool:
        """Whether the file was written by this or an earlier export; then it stays. For names made of a hash."""
        digest = self.written.get(name) or self.before.get(name)
        if digest is None or not (self.folder / name).is_file():
            return False
        self.written[name] = digest
        return True

    def add_large(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write a file that need not fit into memory."""
        digest = sha256()
        with self._replacing(self.folder / name) as new, new.open("wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                file.write(chunk)
        self.written[name] = digest.hexdigest()
        self.changed += 1

    def free_name(self, stem: str, suffix: str) -> str:
        """Return `stem + suffix`, with -2, -3 between them if it is taken; case is ignored, as on macOS."""
        number, name = 1, stem + suffix
        while name.casefold() in self._names:
            number += 1
            name = f"{stem}-{number}{suffix}"
        self._names.add(name.casefold())
        return name

    def _replace(self, path: Path, data: bytes) -> None:
        with self._replacing(path) as new:
            new.write_bytes(data)

    @contextmanager
    def _replacing(self, path: Path) -> Iterator[Path]:
        """Replace the file atomically by the one that is written meanwhile: after an interruption it is whole."""
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f".{path.name[:60]}.new")
        try:
            yield new
            os.replace(new, path)
        finally:
            new.unlink(missing_ok=True)

    def _delete(self, name: str) -> None:
        path = self.folder / name
        if path.resolve().is_relative_to(self.folder.resolve()) and path.is_file():
            path.unlink()
            self.changed += 1
            for folder in path.parents:
                if folder == self.folder or any(folder.iterdir()):
                    break
                folder.rmdir()
