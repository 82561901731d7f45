"""A lock over processes and machines, for commands of which two at once would do the same work twice."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files import locks
from django.db import connection


class AlreadyRuns(Exception):
    """Another process holds the lock."""


@contextmanager
def one_at_a_time(name: str, *, waits: bool = True) -> Iterator[None]:
    """Hold the lock of this name inside the block; the database or the system releases it if the process dies.

    On PostgreSQL it is an advisory lock of the database, else a lock on a file in VAR_DIR. Raises AlreadyRuns if
    `waits` is False and another process holds it.
    """
    lock = _postgresql_lock if connection.vendor == "postgresql" else _file_lock
    with lock(name, waits):
        yield


@contextmanager
def _postgresql_lock(name: str, waits: bool) -> Iterator[None]:
    number = zlib.crc32(f"interaxion {name}".encode())
    # A connection of its own: the work may close the other one.
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute(f"SELECT pg_{'' if waits else 'try_'}advisory_lock(%s)", [number])
            if not waits and not cursor.fetchone()[0]:
                raise AlreadyRuns(name)
        yield
    finally:
        own.close()


@contextmanager
def _file_lock(name: str, waits: bool) -> Iterator[None]:
    with Path(settings.VAR_DIR, f"{name}.lock").open("wb") as file:  # closing it unlocks it
        if not locks.lock(file, locks.LOCK_EX if waits else locks.LOCK_EX | locks.LOCK_NB):
            raise AlreadyRuns(name)
        yield
