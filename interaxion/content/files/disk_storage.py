"""Uploads on the disk. A file has its name only when it is whole: of a write that fails nothing stays behind."""

import os
import secrets
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage, default_storage

#: In MEDIA_ROOT, so that moving a file from here to its name is one step.
PARTS = ".parts"
#: Seconds after which what is being written has been given up: its process was killed.
GIVEN_UP = 24 * 60 * 60


class _Written:
    """A written file as FileSystemStorage takes it: it moves the file instead of writing it again."""

    def __init__(self, part: Path) -> None:
        self.temporary_file_path = lambda: str(part)


class DiskStorage(FileSystemStorage):
    def _save(self, name: str, content: Any) -> str:
        part = Path(self.location, PARTS, secrets.token_hex(16))
        part.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            _write(content, part)
            return str(super()._save(name, _Written(part)))
        finally:
            part.unlink(missing_ok=True)  # it has moved if all went well


def _write(content: Any, part: Path) -> None:
    if hasattr(content, "temporary_file_path"):
        with suppress(OSError):  # on another disk it must be copied
            os.rename(content.temporary_file_path(), part)
            return
    with part.open("xb") as file:
        for chunk in content.chunks():
            file.write(chunk if isinstance(chunk, bytes) else chunk.encode())


def sweep_parts() -> int:
    """Delete what killed processes have left half written. Return the number of files."""
    try:
        folder = Path(default_storage.path(PARTS))
    except NotImplementedError:  # a storage elsewhere keeps no halves
        return 0
    old = [part for part in folder.glob("*") if part.stat().st_mtime < time.time() - GIVEN_UP]
    for part in old:
        part.unlink(missing_ok=True)
    return len(old)
