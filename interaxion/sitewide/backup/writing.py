"""Writing a backup while the site runs: the tables as of one moment, then the media."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.utils import timezone

from interaxion.content.release import release_key
from interaxion.sitewide.backup.archive import NewArchive, open_archive
from interaxion.sitewide.backup.manifest import Manifest, Table, media_member, table_member
from interaxion.sitewide.backup.media import chunks_of, stored_names
from interaxion.sitewide.backup.refusals import BackupRefused, reason_of
from interaxion.sitewide.backup.rows import write_rows
from interaxion.sitewide.backup.schema import apps_at, newest_state, present_state
from interaxion.sitewide.backup.sequences import last_id
from interaxion.sitewide.backup.snapshot import snapshot
from interaxion.sitewide.backup.tables import kept_models


def write_backup(target: Path) -> Manifest:
    """Write a backup, check it, and only then give it its name. Raises BackupRefused; then there is no file."""
    if target.exists():
        raise BackupRefused(f"{target} exists already: name a new file.")
    try:
        with _new_file(target) as stream, NewArchive(stream) as archive:
            manifest = _add_tables(archive)
            _add_media(archive, manifest)
            archive.finish(manifest)
    except (OSError, DatabaseError) as problem:
        raise BackupRefused(f"No backup was written, and nothing of it is left: {reason_of(problem)}.") from problem
    return manifest


@contextmanager
def _new_file(target: Path) -> Iterator[BinaryIO]:
    """Yield a stream of a new file that only its owner may read; it gets its name when it is whole."""
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}-", suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(descriptor, "w+b") as stream:
            yield stream
        with open_archive(part):
            part.rename(target)
    finally:
        part.unlink(missing_ok=True)


def _add_tables(archive: NewArchive) -> Manifest:
    with snapshot():
        state = present_state()
        if not state:
            raise BackupRefused("There is nothing to back up: the database has no tables.")
        if unknown := sorted(set(state) - set(newest_state())):
            raise BackupRefused(
                f"The database is of a newer release ({unknown[0]}): make the backup with that release."
            )
        manifest = Manifest(timezone.now().isoformat(), release_key(), connection.vendor, state)
        for model in kept_models(apps_at(state)):
            label = model._meta.label_lower
            lines = _Counted(write_rows(model._base_manager.all()))
            member = archive.add(table_member(label), lines, compress=True)
            manifest.tables[label] = Table(member.bytes, member.sha256, lines.count, last_id(model))
    return manifest


def _add_media(archive: NewArchive, manifest: Manifest) -> None:
    """Add the files after the tables, so that every file of a row is there; one that is deleted meanwhile is not."""
    for name in stored_names():
        try:
            stream = default_storage.open(name)
        except FileNotFoundError:
            continue
        with stream:
            manifest.media[name] = archive.add(media_member(name), chunks_of(stream))


class _Counted:
    def __init__(self, lines: Iterable[bytes]) -> None:
        self.lines, self.count = lines, 0

    def __iter__(self) -> Iterator[bytes]:
        for line in self.lines:
            self.count += 1
            yield line
