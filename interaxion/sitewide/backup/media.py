"""The stored files of a backup: all of them, except those that are drawn again when somebody asks for them."""

import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage

from episodes.cards.files import FOLDER as CARDS
from interaxion.content.files.renditions import FOLDER as RENDITIONS
from interaxion.content.jobs.uploads import FOLDER as UPLOADS
from interaxion.sitewide.backup.archive import CHUNK, Archive
from interaxion.sitewide.backup.manifest import media_member
from interaxion.sitewide.backup.refusals import BackupRefused

#: Also uploads that wait for a job: jobs are in no backup.
LEFT_OUT = frozenset({CARDS, RENDITIONS, UPLOADS})


def stored_names(folder: str = "") -> Iterator[str]:
    """Yield the name of each stored file that is to be kept."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{file}".lstrip("/") for file in sorted(files))
    for each in sorted(folders):
        if folder or each not in LEFT_OUT:
            yield from stored_names(f"{folder}/{each}".lstrip("/"))


def chunks_of(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk


class RestoredMedia:
    """Puts the files of a backup into the storage. `take_back()` removes those that were not there before."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def put_all(self, archive: Archive) -> None:
        """Raises BackupRefused if the storage holds another file of the same name."""
        with tempfile.TemporaryDirectory(prefix="restore-", dir=settings.VAR_DIR) as folder:
            for name, member in archive.manifest.media.items():
                if not default_storage.exists(name):
                    self._put(archive, name, Path(folder, "file"))
                elif _digest_of(name) != member.sha256:
                    raise BackupRefused(
                        f"The storage of media holds another file named {name}. Move it away, or set MEDIA_ROOT to"
                        " an empty folder."
                    )

    def take_back(self) -> None:
        while self.written:
            default_storage.delete(self.written.pop())

    def _put(self, archive: Archive, name: str, whole: Path) -> None:
        """Write the file elsewhere first, so that the storage moves it: it never holds half a file."""
        with whole.open("wb") as copy, archive.open(media_member(name)) as stream:
            for chunk in chunks_of(stream):
                copy.write(chunk)
        self.written.append(name)
        with whole.open("rb") as stream:
            kept = default_storage.save(name, _Movable(stream, name=str(whole)))
        if kept != name:
            self.written.append(kept)
            raise BackupRefused(f"The storage of media keeps {name} under another name, {kept}.")


class _Movable(File):
    def temporary_file_path(self) -> str:
        return str(self.name)


def _digest_of(name: str) -> str:
    digest = sha256()
    with default_storage.open(name) as stream:
        for chunk in chunks_of(stream):
            digest.update(chunk)
    return digest.hexdigest()
