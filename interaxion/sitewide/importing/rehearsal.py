"""A dry run of an import: everything is written, and nothing stays."""

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DEFAULT_DB_ALIAS, connections, transaction

COPY = "copy.sqlite3"
DAY = 24 * 60 * 60  # seconds


@contextmanager
def rehearse(name: str = "") -> Iterator[None]:
    """Roll back what is written in the block.

    SQLite has one writer at a time, and a whole site takes long: the block works on a copy, so that nobody waits. With
    a name the copy is kept for a day, to be looked at. On PostgreSQL, and in a transaction of the caller, which no
    copy can see, others wait until it ends.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if leaves_copies() and not connection.in_atomic_block:
        _copies().mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=_copies()) as folder:
            copy = Path(folder, COPY)
            _copy_to(copy)
            with _on_copy(copy):
                yield
            if name:
                shutil.rmtree(_copies() / name, ignore_errors=True)
                (_copies() / name).mkdir()
                copy.rename(_copies() / name / COPY)
    else:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)


def leaves_copies() -> bool:
    """Whether a dry run leaves something to look at: a copy of the database is a file of SQLite."""
    return connections[DEFAULT_DB_ALIAS].vendor == "sqlite"


def is_kept(name: str) -> bool:
    return (_copies() / name / COPY).is_file()


@contextmanager
def look_at(name: str) -> Iterator[None]:
    """Let this thread read the kept copy inside the block. Raises FileNotFoundError if it is gone."""
    if not is_kept(name):
        raise FileNotFoundError(name)
    with _on_copy(_copies() / name / COPY):
        yield


def keep_media(name: str, files: Iterable[str]) -> None:
    """Copy files of the storage, which go away with the dry run, to the copy of the database that shows them."""
    kept = _media(name)
    for file in files:
        if default_storage.exists(file) and not kept.exists(file):
            with default_storage.open(file) as stream:
                kept.save(file, stream)


def open_media(name: str, file: str) -> File:
    """Open a file that was kept with the copy. Raises FileNotFoundError, SuspiciousFileOperation outside of it."""
    return _media(name).open(file)


def sweep_rehearsals() -> None:
    """Delete the copies of killed processes."""
    for folder in _copies().glob("*"):
        if folder.stat().st_mtime < time.time() - DAY:
            shutil.rmtree(folder, ignore_errors=True)


def _copies() -> Path:
    return Path(settings.VAR_DIR) / "rehearsals"


def _media(name: str) -> FileSystemStorage:
    return FileSystemStorage(location=_copies() / name / "media")


def _copy_to(file: Path) -> None:
    original = connections[DEFAULT_DB_ALIAS]
    original.ensure_connection()
    with closing(sqlite3.connect(file)) as copy:
        original.connection.backup(copy)


@contextmanager
def _on_copy(file: Path) -> Iterator[None]:
    """Let this thread work on a copy of the database inside the block. Other threads have connections of their own."""
    original = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = type(original)({**original.settings_dict, "NAME": str(file)}, DEFAULT_DB_ALIAS)
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS].close()
        connections[DEFAULT_DB_ALIAS] = original
