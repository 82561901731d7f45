"""A dry run of an import: everything is written, and nothing stays."""

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction

DAY = 24 * 60 * 60  # seconds


@contextmanager
def rehearse() -> Iterator[None]:
    """Roll back what is written in the block.

    SQLite has one writer at a time, and a whole site takes long: the block works on a copy, so that nobody waits. On
    PostgreSQL, and in a transaction of the caller, which no copy can see, others wait until it ends.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        _copies().mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=_copies()) as folder, _on_copy(Path(folder)):
            yield
    else:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)


def sweep_rehearsals() -> None:
    """Delete the copies of killed processes."""
    for folder in _copies().glob("*"):
        if folder.stat().st_mtime < time.time() - DAY:
            shutil.rmtree(folder, ignore_errors=True)


def _copies() -> Path:
    return Path(settings.VAR_DIR) / "rehearsals"


@contextmanager
def _on_copy(folder: Path) -> Iterator[None]:
    """Let this thread work on a copy of the database inside the block. Other threads have connections of their own."""
    original = connections[DEFAULT_DB_ALIAS]
    original.ensure_connection()
    file = folder / "copy.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        original.connection.backup(copy)
    connections[DEFAULT_DB_ALIAS] = type(original)({**original.settings_dict, "NAME": str(file)}, DEFAULT_DB_ALIAS)
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS].close()
        connections[DEFAULT_DB_ALIAS] = original
