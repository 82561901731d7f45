"""What an import reads from: a file, a folder or a zip, as names and bytes. Nothing outside of it can be reached."""

import lzma
import os
import stat
import unicodedata
import zipfile
import zlib
from itertools import islice
from pathlib import Path, PurePosixPath

from interaxion.content.importing.jekyll_config import READ_FOLDERS
from interaxion.content.importing.links import FILE_SUFFIXES
from interaxion.text.source_errors import SourceError, gettext_noop

MOST_FILES = 20_000
MOST_BYTES = 200_000_000
#: How much larger than in the zip a file may become; small ones can do no harm.
MOST_RATIO = 100
HARMLESS_BYTES = 64_000
#: What zips raise that are damaged or locked.
UNREADABLE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, OSError, EOFError, ValueError)
#: The flag of a zip's member whose name is UTF-8 (APPNOTE.TXT 4.4.4, bit 11).
SAYS_UTF_8 = 0x800
#: What marks the topmost folder of a Jekyll site.
SITE_MARKS = ("_config.yml", "_posts", "_drafts", "_data")
#: Folders that hold nothing to publish; so do all whose names begin with `.`.
IGNORED_FOLDERS = ("node_modules", "vendor", "__MACOSX", "_site", "_includes", "_layouts", "_sass", "_plugins")


class ImportSource:
    """`names` are to be imported, relative to the root with `/`; `all_names` are there for them to refer to.

    `root_name` is "" where the folder around a file says nothing of it.
    """

    def __init__(self, root_name: str, names: list[str], all_names: list[str], refused: list[SourceError]) -> None:
        self.root_name = root_name
        self.names = sorted(names)
        self.all_names = sorted(all_names)
        #: What cannot be read, and why.
        self.refused = refused

    def read(self, name: str) -> bytes:
        raise NotImplementedError


class FolderSource(ImportSource):
    def __init__(self, root: Path, selected: Path) -> None:
        self.root = root
        #: Names are NFC, as from a zip; macOS writes some as NFD, and the disk knows only its own spelling.
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
        name = name if self.paths.get(name, path) == path else written  # two spellings of one name lie side by side
        self.paths[name] = path
        return name

    def _files_beside(self) -> list[str]:
        """What a document on its own may show: pictures and the like that lie in its folder and the folders there."""
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
                    refused.append(_refuse(name, gettext_noop("links are not followed")))
                elif path.is_dir():
                    waiting += [
                        inside for inside in path.iterdir() if not is_ignored(inside.name, is_folder=inside.is_dir())
                    ]
                elif path.is_file():
                    names.append(name)
            except OSError as problem:
                refused.append(_unreadable(name, problem))
            if len(names) > MOST_FILES:
                raise _too_many(selected.name)
        return names


class ZipSource(ImportSource):
    """Refused as a whole where one of its names or sizes is not to be trusted."""

    def __init__(self, path: Path, shown_name: str = "") -> None:
        shown_name = shown_name or path.name
        try:
            self.archive = zipfile.ZipFile(path)
        except UNREADABLE as problem:
            cure = gettext_noop("make the zip again")
            raise SourceError(shown_name, 1, gettext_noop("this is no zip that can be read"), cure) from problem
        infos = [info for info in self.archive.infolist() if not info.is_dir()]
        if len(infos) > MOST_FILES:
            raise _too_many(shown_name)
        self.infos = {}
        for info in infos:
            name = _name_of(info)
            _check_member(shown_name, name, info)
            self.infos[unicodedata.normalize("NFC", name)] = info
        folders = [PurePosixPath(name).parts for name in self.infos]
        names = [
            name
            for name, parts in zip(self.infos, folders, strict=True)
            if not any(is_ignored(part, is_folder=part is not parts[-1]) for part in parts)
        ]
        super().__init__(PurePosixPath(shown_name).stem, names, names, [])

    def read(self, name: str) -> bytes:
        try:
            return self.archive.read(self.infos[name])
        except UNREADABLE as problem:
            cure = gettext_noop("make the zip again, without a password")
            raise SourceError(name, 1, gettext_noop("it cannot be read from the zip"), cure) from problem


def open_source(path: Path, shown_name: str = "") -> ImportSource:
    """Raises SourceError for what is not there or not to be trusted. A zip may be shown by another name."""
    if path.suffix.lower() == ".zip" and path.is_file():
        return ZipSource(path, shown_name)
    if not path.exists():
        cure = gettext_noop("correct the name")
        raise SourceError(str(path), 1, gettext_noop("there is no such file or folder"), cure)
    path = path.resolve()
    return FolderSource(_root_of(path), path)


def is_ignored(name: str, *, is_folder: bool) -> bool:
    return name.startswith(".") or (is_folder and name in IGNORED_FOLDERS)


def too_large(name: str) -> SourceError:
    message = gettext_noop("the file is larger than %(most)d MB")
    return SourceError(name, 1, message, gettext_noop("make it smaller"), most=MOST_BYTES // 1_000_000)


def _root_of(path: Path) -> Path:
    """The Jekyll site that `path` lies in, so that its assets are found; else the folder itself."""
    if path.is_dir() and any((path / mark).exists() for mark in SITE_MARKS):
        return path
    for folder in path.parents:
        if (folder / "_config.yml").is_file():
            return folder
    for folder in (path, *path.parents):
        if folder.name in READ_FOLDERS:
            return folder.parent
    return path if path.is_dir() else path.parent


def _name_of(info: zipfile.ZipInfo) -> str:
    """The member's name. Where nothing says its encoding it is UTF-8 (macOS) or that of Windows in Japan."""
    if info.flag_bits & SAYS_UTF_8:
        return info.filename
    for encoding in ("utf-8", "cp932"):
        try:
            return info.filename.encode("cp437").decode(encoding)  # cp437 is what the standard library has read
        except UnicodeError:
            continue
    return info.filename


def _as_text(name: str) -> str:
    """The name of a file on a disk; one that is no UTF-8 was unpacked from a zip of Windows in Japan."""
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


def _check_member(archive: str, name: str, info: zipfile.ZipInfo) -> None:
    """Raises SourceError where unpacking it could write elsewhere, or could fill the disk."""
    if name.startswith(("/", "\\")) or "\\" in name or ":" in name.split("/")[0] or ".." in PurePosixPath(name).parts:
        raise _refuse(archive, gettext_noop("%(member)s leads out of the zip"), member=name)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise _refuse(archive, gettext_noop("%(member)s is a link"), member=name)
    if info.file_size > MOST_BYTES:
        message = gettext_noop("%(member)s is larger than %(most)d MB")
        raise _refuse(archive, message, member=name, most=MOST_BYTES // 1_000_000)
    if info.file_size > HARMLESS_BYTES and info.file_size > MOST_RATIO * max(info.compress_size, 1):
        raise _refuse(
            archive, gettext_noop("%(member)s is packed more than %(most)d times"), member=name, most=MOST_RATIO
        )


def _refuse(name: str, message: str, **params: object) -> SourceError:
    return SourceError(name, 1, message, gettext_noop("put plain files in its place"), **params)


def _too_many(name: str) -> SourceError:
    message = gettext_noop("there are more than %(most)d files")
    return SourceError(name, 1, message, gettext_noop("import it in several parts"), most=MOST_FILES)
