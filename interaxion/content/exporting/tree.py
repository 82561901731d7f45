"""The folder of an export: only what differs is written, what is no longer there goes, other people's files stay."""

import os
from hashlib import sha256
from pathlib import Path

#: Every file of the export with its SHA-256, in the format of `sha256sum --check`.
MANIFEST = ".sha256sums"


class FolderRefused(Exception):
    """The folder holds something else than an export."""


class Tree:
    """Use as a context: at its end the manifest is written, also where the export was stopped in the middle."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written: dict[str, str] = {}
        self.changed = 0
        self._names: set[str] = set()
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
        """Write the file, if it is not there as it should be."""
        path = self.folder / name
        self.written[name] = sha256(data).hexdigest()
        if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
            return
        self._replace(path, data)
        self.changed += 1

    def free_name(self, stem: str, suffix: str) -> str:
        """`stem + suffix`, or with -2, -3 between them where this export has such a file; no case, as on a Mac."""
        number, name = 1, stem + suffix
        while name.casefold() in self._names:
            number += 1
            name = f"{stem}-{number}{suffix}"
        self._names.add(name.casefold())
        return name

    def _replace(self, path: Path, data: bytes) -> None:
        """The whole file or the one before, whenever it is stopped."""
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f".{path.name[:60]}.new")
        new.write_bytes(data)
        os.replace(new, path)

    def _delete(self, name: str) -> None:
        path = self.folder / name
        if path.resolve().is_relative_to(self.folder.resolve()) and path.is_file():
            path.unlink()
            self.changed += 1
            for folder in path.parents:
                if folder == self.folder or any(folder.iterdir()):
                    break
                folder.rmdir()
