"""The folder of backups that the site makes and thins out itself: VAR_DIR/backups."""

import re
import time
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from interaxion.sitewide.backup.refusals import BackupRefused, reason_of

_NAME = re.compile(r"\d{8}-\d{6}\.zip")
#: Seconds after which a half-written file is one that a crash left.
ABANDONED = 24 * 60 * 60


def new_place() -> Path:
    """Return the name of a new backup, by the time (UTC), in a folder that only its owner may read.

    Raises BackupRefused if there can be no such folder.
    """
    folder = _folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as problem:
        raise BackupRefused(f"No backup was written, since it has no folder: {reason_of(problem)}.") from problem
    return folder / f"{timezone.now():%Y%m%d-%H%M%S}.zip"


def keep_newest(count: int) -> list[Path]:
    """Delete all but the newest `count` backups of this folder, and return those deleted. Other files stay."""
    found = sorted(path for path in _folder().glob("*.zip") if _NAME.fullmatch(path.name))
    left_by_crashes = [
        part for part in _folder().glob(".*.zip-*.part") if part.stat().st_mtime < time.time() - ABANDONED
    ]
    old = [*found[:-count], *left_by_crashes]
    for path in old:
        path.unlink(missing_ok=True)
    return old


def _folder() -> Path:
    return Path(settings.VAR_DIR) / "backups"
