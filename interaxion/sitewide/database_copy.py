"""A copy of the whole database in one file, made while it may be in use."""

import os
import shutil
import sqlite3
import subprocess  # nosec B404
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone


class CopyFailed(Exception):
    """The database could not be copied; the message says why and what to do."""


def copy_database() -> Path:
    """Write a copy into VAR_DIR/backups and return its path. Raises CopyFailed."""
    folder = Path(settings.VAR_DIR) / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    stem = folder / f"{timezone.now():%Y%m%d-%H%M%S}"
    if connection.vendor == "sqlite":
        return _copy_sqlite(stem.with_suffix(".sqlite3"))
    return _copy_postgresql(stem.with_suffix(".dump"))


def _copy_sqlite(target: Path) -> Path:
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
    return target


def _copy_postgresql(target: Path) -> Path:
    program = shutil.which("pg_dump")
    if program is None:
        raise CopyFailed("pg_dump was not found. Install PostgreSQL's client programs, or copy the database yourself.")
    database = connection.settings_dict
    environment = os.environ | {"PGPASSWORD": database["PASSWORD"]}
    options = {"--host": "HOST", "--port": "PORT", "--username": "USER", "--dbname": "NAME"}
    command = [program, "--format=custom", f"--file={target}"]
    command += [f"{option}={database[key]}" for option, key in options.items() if database[key]]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # nosec B603
    if result.returncode:
        raise CopyFailed(result.stderr.strip())
    return target
