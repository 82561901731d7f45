"""A zip as the source of an import: bounded in names, sizes and ratios, against path traversal and zip bombs."""

import lzma
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from interaxion.sitewide.importing.sources.source import MOST_BYTES, ImportSource, is_ignored, refuse, validate_count
from interaxion.text.source_errors import SourceError, gettext_noop

#: The largest ratio of a file to its size in the zip: above it, it is a zip bomb. Small files can do no harm.
MOST_RATIO = 100
HARMLESS_BYTES = 64_000
#: The same for all files together: many small ones are a zip bomb, too.
MOST_BYTES_IN_ALL = 1_000_000_000
HARMLESS_BYTES_IN_ALL = 20_000_000
#: Raised by the standard library for damaged and locked zips.
UNREADABLE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, OSError, EOFError, ValueError)
#: The flag of a zip's member whose name is UTF-8 (APPNOTE.TXT 4.4.4, bit 11).
SAYS_UTF_8 = 0x800


class ZipSource(ImportSource):
    """Refused as a whole if one of its names or sizes cannot be trusted."""

    def __init__(self, path: Path, shown_name: str = "") -> None:
        shown_name = shown_name or path.name
        try:
            self.archive = zipfile.ZipFile(path)
        except UNREADABLE as problem:
            cure = gettext_noop("make the zip again")
            raise SourceError(shown_name, 1, gettext_noop("this is no zip that can be read"), cure) from problem
        infos = [info for info in self.archive.infolist() if not info.is_dir()]
        validate_count(shown_name, (info.filename for info in infos))
        _validate_sum(shown_name, infos)
        self.infos = {}
        for info in infos:
            name = _name_of(info)
            _validate_member(shown_name, name, info)
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


def _name_of(info: zipfile.ZipInfo) -> str:
    """The member's name. Without the flag of its encoding it is UTF-8 (macOS), else that of Windows in Japan."""
    if info.flag_bits & SAYS_UTF_8:
        return info.filename
    for encoding in ("utf-8", "cp932"):
        try:
            return info.filename.encode("cp437").decode(encoding)  # the standard library has decoded it as cp437
        except UnicodeError:
            continue
    return info.filename


def _validate_sum(archive: str, infos: Sequence[zipfile.ZipInfo]) -> None:
    """Raise SourceError if all files together are too large, or packed too small."""
    unpacked, packed = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
    if unpacked > MOST_BYTES_IN_ALL:
        message = gettext_noop("its %(count)d files are %(size)d MB in all, more than %(most)d MB")
        cure = gettext_noop("import it in several parts")
        megabytes = {"size": unpacked // 1_000_000, "most": MOST_BYTES_IN_ALL // 1_000_000}
        raise SourceError(archive, 1, message, cure, count=len(infos), **megabytes)
    if unpacked > HARMLESS_BYTES_IN_ALL and unpacked > MOST_RATIO * packed:
        message = gettext_noop("its %(count)d files, %(size)d MB in all, are packed more than %(most)d times")
        raise refuse(archive, message, count=len(infos), size=unpacked // 1_000_000, most=MOST_RATIO)


def _validate_member(archive: str, name: str, info: zipfile.ZipInfo) -> None:
    """Raise SourceError if unpacking it could write outside of the folder (path traversal) or fill the disk."""
    if name.startswith(("/", "\\")) or "\\" in name or ":" in name.split("/")[0] or ".." in PurePosixPath(name).parts:
        raise refuse(archive, gettext_noop("%(member)s leads out of the zip"), member=name)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise refuse(archive, gettext_noop("%(member)s is a link"), member=name)
    if info.file_size > MOST_BYTES:
        message = gettext_noop("%(member)s is larger than %(most)d MB")
        raise refuse(archive, message, member=name, most=MOST_BYTES // 1_000_000)
    if info.file_size > HARMLESS_BYTES and info.file_size > MOST_RATIO * max(info.compress_size, 1):
        raise refuse(
            archive, gettext_noop("%(member)s is packed more than %(most)d times"), member=name, most=MOST_RATIO
        )
