"""The zip file of a backup. Its comment, the last bytes of the file, holds the SHA-256 of everything before it.

So a byte changed anywhere, or a file cut short, is noticed. The comment can be checked without our code:
`head -c -64 FILE | sha256sum`.
"""

import os
import time
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import IO, BinaryIO, Self

from interaxion.sitewide.backup.manifest import NAME, Manifest, Member, Table, read_manifest, write_manifest
from interaxion.sitewide.backup.refusals import BackupRefused

COMMENT = b"Backup of Interaxion. SHA-256 of all bytes before: "
DIGEST = 64  # hex digits
CHUNK = 1 << 20  # bytes


class NewArchive:
    """Writes a backup to an empty stream that can be read, too: in a `with` block `add()` files, then `finish()`."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.zip = zipfile.ZipFile(stream, "w")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        with suppress(OSError, ValueError):  # after a failure, such as a full disk, this fails again
            self.zip.close()

    def add(self, name: str, chunks: Iterable[bytes], *, compress: bool = False) -> Member:
        entry = zipfile.ZipInfo(name, time.localtime()[:6])
        entry.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
        entry.external_attr = 0o600 << 16
        digest, size = sha256(), 0
        with self.zip.open(entry, "w", force_zip64=True) as file:
            for chunk in chunks:
                file.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        return Member(size, digest.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest and the comment, and let everything reach the disk."""
        self.add(NAME, [write_manifest(manifest)], compress=True)
        self.zip.comment = COMMENT + b"0" * DIGEST
        self.zip.close()
        end = self.stream.seek(0, os.SEEK_END) - DIGEST
        digest = _hash(self.stream, end)
        self.stream.seek(end)
        self.stream.write(digest.encode())
        self.stream.flush()
        os.fsync(self.stream.fileno())


class Archive:
    """A backup that is whole: every byte and every member was checked."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self.zip = file
        self.manifest = read_manifest(file.read(NAME))
        self._check_names()
        for name, member in self.manifest.members():
            self._check_member(name, member)

    def open(self, name: str) -> IO[bytes]:
        return self.zip.open(name)

    def _check_names(self) -> None:
        sizes = {entry.filename: entry.file_size for entry in self.zip.infolist() if entry.filename != NAME}
        if len(self.zip.infolist()) != len(sizes) + 1 or sizes != {
            name: member.bytes for name, member in self.manifest.members()
        }:
            raise BackupRefused("The backup holds other files than its manifest says.")

    def _check_member(self, name: str, member: Member) -> None:
        digest, lines = sha256(), 0
        with self.zip.open(name) as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                lines += chunk.count(b"\n")
        if digest.hexdigest() != member.sha256 or (isinstance(member, Table) and lines != member.rows):
            raise BackupRefused(f"{name} in the backup is not what its manifest says.")


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Check the whole file, then yield its content. Raises BackupRefused, and OSError if it cannot be read."""
    damaged = BackupRefused(f"{path} is not a whole backup: it was cut short or changed, or it is something else.")
    with path.open("rb") as stream:
        end = max(stream.seek(0, os.SEEK_END) - DIGEST, 0)
        digest = _hash(stream, end)
        stream.seek(max(end - len(COMMENT), 0))
        if stream.read() != COMMENT + digest.encode():
            raise damaged
        try:
            file = zipfile.ZipFile(stream)
            archive = Archive(file)
        except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError) as problem:
            raise damaged from problem
        with file:
            yield archive


def _hash(stream: BinaryIO, end: int) -> str:
    """Return the SHA-256 of the first `end` bytes."""
    digest = sha256()
    stream.seek(0)
    while end > 0 and (chunk := stream.read(min(CHUNK, end))):
        digest.update(chunk)
        end -= len(chunk)
    return digest.hexdigest()
