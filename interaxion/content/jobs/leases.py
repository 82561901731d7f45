"""Leases: which worker runs a job, and whether it is alive.

A worker holds a locked file (flock) as long as it runs a job, so on its machine its death is known at once: the system
releases the lock of a killed process. Workers on other machines, which cannot see the file, judge by its heartbeat.
"""

import fcntl
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

#: A worker on another machine that was not heard of for this long counts as gone.
SILENCE = timedelta(minutes=2)


def folder() -> Path:
    return Path(settings.VAR_DIR) / "jobs"


@contextmanager
def hold_lease() -> Iterator[str]:
    """Hold a new lease inside the block. Its file names the process, for people."""
    lease = secrets.token_hex(16)
    folder().mkdir(parents=True, exist_ok=True)
    file = folder() / lease
    with file.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        stream.write(f"{os.getpid()}\n")
        stream.flush()
        try:
            yield lease
        finally:
            file.unlink(missing_ok=True)


def is_gone(lease: str, heard_at: datetime | None) -> bool:
    """Return whether the worker with this lease has ended without saying so."""
    try:
        with (folder() / lease).open("r+") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # of another machine, or a file system that has no locks
        return heard_at is None or heard_at < timezone.now() - SILENCE
    return True


def sweep_leases() -> None:
    """Delete the files that killed workers left more than an hour ago."""
    for file in folder().glob("*"):
        with suppress(FileNotFoundError):
            if file.stat().st_mtime < time.time() - 3600 and is_gone(file.name, timezone.now()):
                file.unlink()
