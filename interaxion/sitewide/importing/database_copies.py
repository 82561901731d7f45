"""Copies of the database for dry runs: a file of SQLite, or a schema of PostgreSQL beside the tables of the site."""

import hashlib
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

COPY = "copy.sqlite3"
#: What begins the name of a schema that is a copy. Its comment is the second (Unix time) in which it was made.
SCHEMA = "rehearsal_"
DAY = 24 * 60 * 60  # seconds


def can_copy() -> bool:
    """Whether there is a copy to work on: PostgreSQL may keep an account from making schemas."""
    if connection.vendor == "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_database_privilege(current_database(), 'CREATE')")
        return bool(cursor.fetchone()[0])


def make_copy(name: str) -> None:
    """Copy the database as it is now. Nobody who saves has to wait."""
    drop_copy(name)
    folder_of(name).mkdir(parents=True)
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(folder_of(name) / COPY)) as copy:
            connection.connection.backup(copy)
    else:
        _copy_tables(_schema(name))


def has_copy(name: str) -> bool:
    if connection.vendor == "sqlite":
        return (folder_of(name) / COPY).is_file()
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = %s)", [_schema(name)])
        return bool(cursor.fetchone()[0])


@contextmanager
def use_copy(name: str) -> Iterator[None]:
    """Let this thread work on a copy inside the block. Other threads have connections of their own."""
    original = connections[DEFAULT_DB_ALIAS]
    other: dict[str, Any] = {"NAME": str(folder_of(name) / COPY)}
    if original.vendor == "postgresql":
        options = original.settings_dict["OPTIONS"]
        path = f"{options.get('options', '')} -c search_path={_schema(name)}".strip()
        other = {"OPTIONS": {**options, "options": path}}
    connections[DEFAULT_DB_ALIAS] = type(original)({**original.settings_dict, **other}, DEFAULT_DB_ALIAS)
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS].close()
        connections[DEFAULT_DB_ALIAS] = original


def drop_copy(name: str) -> None:
    """Delete a copy with what is kept beside it, if there is one."""
    shutil.rmtree(folder_of(name), ignore_errors=True)
    if connection.vendor == "postgresql":
        _drop_schema(_schema(name))


def sweep_copies() -> None:
    """Delete the copies of more than a day ago, those of killed processes too."""
    before = time.time() - DAY
    for folder in _folder().glob("*"):
        if folder.stat().st_mtime < before:
            shutil.rmtree(folder, ignore_errors=True)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s)"
                " AND obj_description(oid, 'pg_namespace')::numeric < %s",
                [SCHEMA, before],
            )
            old = [name for (name,) in cursor.fetchall()]
        for schema in old:
            _drop_schema(schema)


def folder_of(name: str) -> Path:
    """Return the folder of a copy, which also keeps its media."""
    return _folder() / name


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "rehearsals"


def _schema(name: str) -> str:
    return SCHEMA + hashlib.sha256(name.encode()).hexdigest()[:24]


def _copy_tables(schema: str) -> None:
    """Copy all tables, at one moment, with their indexes and constraints but for foreign keys."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute(f"CREATE SCHEMA {schema}")
        cursor.execute(f"COMMENT ON SCHEMA {schema} IS '{int(time.time())}'")
        for table in map(connection.ops.quote_name, connection.introspection.table_names(cursor)):
            cursor.execute(f"CREATE TABLE {schema}.{table} (LIKE {table} INCLUDING ALL)")
            cursor.execute(
                f"INSERT INTO {schema}.{table} OVERRIDING SYSTEM VALUE SELECT * FROM {table}"  # noqa: S608  # nosec B608
            )
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = %s AND is_identity = 'YES'",
            [schema],
        )
        for table, column in cursor.fetchall():
            place = f"{schema}.{connection.ops.quote_name(table)}"
            key = connection.ops.quote_name(column)
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence(%s, %s), MAX({key})) FROM {place}"  # noqa: S608  # nosec B608
                f" HAVING MAX({key}) IS NOT NULL",
                [place, column],
            )


def _drop_schema(schema: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
