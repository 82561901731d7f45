"""Restoring a backup into an empty site, in one transaction: the schema of that time, its rows, then this release's."""

import io
from collections.abc import Callable
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from interaxion.sitewide.backup.archive import Archive, open_archive
from interaxion.sitewide.backup.emptiness import refuse_unless_empty
from interaxion.sitewide.backup.first_release import LAST_CODE, BeforeFirstRelease, in_present_names
from interaxion.sitewide.backup.manifest import Manifest, table_member
from interaxion.sitewide.backup.media import RestoredMedia
from interaxion.sitewide.backup.refusals import BackupRefused, reason_of
from interaxion.sitewide.backup.rows import load_rows
from interaxion.sitewide.backup.schema import (
    apps_at,
    constraints_deferred,
    drop_tables,
    lock_tables,
    migrate_to,
    newest_state,
    present_state,
)
from interaxion.sitewide.backup.sequences import continue_from
from interaxion.sitewide.backup.tables import kept_models


def restore_backup(path: Path, *, tell: Callable[[str], object] = lambda line: None) -> Manifest:
    """Make the site what it was. Raises BackupRefused; then database and media are as before. Returns the manifest."""
    media = RestoredMedia()
    try:
        tell("Checking the backup…")
        with open_archive(path) as archive:
            _check_release(archive.manifest)
            # On SQLite, tables can only be made where foreign keys are not checked; they are checked at the end.
            with connection.constraint_checks_disabled(), transaction.atomic(durable=True):
                _restore(archive, media, tell)
    except BaseException as problem:
        media.take_back()
        if isinstance(problem, (OSError, DatabaseError)):
            raise BackupRefused(f"Nothing was restored, and the site is as before: {reason_of(problem)}.") from problem
        raise
    finally:
        ContentType.objects.clear_cache()
    return archive.manifest


def _check_release(manifest: Manifest) -> None:
    """Refuse what this release cannot restore, and name the migrations as they are named now."""
    try:
        manifest.migrations = in_present_names(manifest.migrations)
    except BeforeFirstRelease as missing:
        raise BackupRefused(
            f"The backup is from before version 1.0.0 and lacks the last changes of that time ({missing}). Restore it"
            f" with that code ({LAST_CODE}), run prepare there, and make a new backup."
        ) from missing
    if unknown := sorted(set(manifest.migrations) - set(newest_state())):
        raise BackupRefused(
            f"The backup was made by a newer release ({unknown[0]}). Upgrade this site first, then restore it."
        )
    labels = {model._meta.label_lower for model in kept_models(apps_at(manifest.migrations))}
    if unknown := sorted(manifest.tables.keys() - labels):
        raise BackupRefused(f"The backup holds a table that its own release did not have: {unknown[0]}.")


def _restore(archive: Archive, media: RestoredMedia, tell: Callable[[str], object]) -> None:
    lock_tables()
    refuse_unless_empty()
    tell("Making the tables…")
    if present_state():
        drop_tables()
    migrate_to(archive.manifest.migrations)
    tell("Writing the rows…")
    _load_tables(archive)
    tell("Writing the media…")
    media.put_all(archive)
    tell("Deriving the rest…")
    call_command("migrate", interactive=False, verbosity=0)
    ContentType.objects.clear_cache()
    call_command("rebuild", stdout=io.StringIO())
    connection.check_constraints()


def _load_tables(archive: Archive) -> None:
    """Replace the few rows that migrations wrote by those of the backup, with their ids."""
    tables = archive.manifest.tables
    models = kept_models(apps_at(archive.manifest.migrations))
    for model in models:
        model._base_manager.all().delete()
    with constraints_deferred():
        for model in models:
            if table := tables.get(label := model._meta.label_lower):
                with archive.open(table_member(label)) as lines:
                    load_rows(model, lines)
                continue_from(model, table.last_id)
