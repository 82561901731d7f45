"""A dry run of an import: everything is written, and nothing stays."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection, transaction

from interaxion.sitewide.importing.database_copies import (
    can_copy,
    drop_copy,
    folder_of,
    has_copy,
    make_copy,
    use_copy,
)


@contextmanager
def rehearse(name: str = "") -> Iterator[None]:
    """Let nothing that is written in the block stay.

    A whole site takes long: the block works on a copy of the database, so that nobody waits. With a name the copy is
    kept for a day, to be looked at. Where no copy can be made, and in a transaction of the caller, which no copy can
    see, the block is rolled back, and others wait until it ends.
    """
    if connection.in_atomic_block or not can_copy():
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        return
    copy, is_over = name or secrets.token_hex(8), False
    make_copy(copy)
    try:
        with use_copy(copy):
            yield
        is_over = True
    finally:
        if not (name and is_over):
            drop_copy(copy)


@contextmanager
def look_at(name: str) -> Iterator[None]:
    """Let this thread read the kept copy inside the block. Raises FileNotFoundError if it is gone."""
    if not has_copy(name):
        raise FileNotFoundError(name)
    with use_copy(name):
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


def _media(name: str) -> FileSystemStorage:
    return FileSystemStorage(location=folder_of(name) / "media")
