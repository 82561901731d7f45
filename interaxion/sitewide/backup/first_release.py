"""Databases and backups from before version 1.0.0, which began the migrations anew with one for each app.

The tables of the last state before it are those of the first migrations, so that only names change. What is older must
be brought to that state by the code of that time.
"""

from collections.abc import Collection

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

#: How to get the code of the last state.
LAST_CODE = "git checkout 'HEAD^{/Begin the migrations anew}^'"

#: Nothing after version 1.0.0 has a migration of this name.
_BEGINNING = "content.0001_initial"
_LAST = {
    "content.0026_what_was_said",
    "courses.0007_authors_and_audience_of_courses",
    "episodes.0016_misheard_words",
    "posts.0006_english_name_of_category",
    "sitewide.0012_published_files",
}


class BeforeFirstRelease(Exception):
    """It lacks one of the last migrations before version 1.0.0, which the message names."""


def in_present_names(state: Collection[str]) -> list[str]:
    """Return the state by the names of now. Raises BeforeFirstRelease."""
    if _BEGINNING not in state:
        return sorted(state)
    if missing := _LAST - set(state):
        raise BeforeFirstRelease(min(missing))
    ours = {name.partition(".")[0] for name in _LAST}
    others = {name for name in state if name.partition(".")[0] not in ours}
    return sorted(others | {f"{app}.0001_first_release" for app in ours})


def rename_migrations() -> None:
    """Let a database from before be known by the names of now. Raises BeforeFirstRelease; then it is as it was."""
    recorder = MigrationRecorder(connection)
    before = {f"{app}.{name}" for app, name in recorder.applied_migrations()}
    now = set(in_present_names(before))
    with transaction.atomic():
        for name in before - now:
            recorder.record_unapplied(*name.split("."))
        for name in now - before:
            recorder.record_applied(*name.split("."))
