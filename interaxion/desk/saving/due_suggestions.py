"""Suggestions with a date: an editor takes one before it is due, and `tick` writes it when its time has come."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.revisions import snapshot
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.publishing.working_copies import WorkingCopy
from interaxion.content.saving.snapshots import write_snapshot
from interaxion.content.saving.taking_down import TakesDown
from interaxion.desk.saving.merge_stale_save import find_base
from interaxion.text.merging import Snapshot, merge

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def take_for_later(copy: WorkingCopy, typed: Snapshot, *, user: "AbstractBaseUser") -> None:
    copy.taken_by, copy.taken = user, typed
    copy.save(update_fields=["taken_by", "taken"])


def write_due_suggestions(now: datetime) -> Iterator[str]:
    """Write what is due; yield the outcome of each. What can no longer be written waits for an editor again."""
    for copy in WorkingCopy.objects.due(now).select_related("user", "taken_by"):
        with transaction.atomic(), SiteState.changing():
            thing = copy.target
            is_written = thing is not None and _write(copy, thing)
            if is_written:
                copy.close()
            else:
                copy.taken_by = copy.taken = None
                copy.save(update_fields=["taken_by", "taken"])
        yield f"suggestion for {thing}: {'written' if is_written else 'waits for an editor'}"


def _write(copy: WorkingCopy, thing: Publishable) -> bool:
    merged = merge(find_base(thing, str(copy.base_version)), copy.taken, snapshot(thing))
    if merged.conflicts or thing.deleted_at:
        return False
    try:
        with transaction.atomic():
            write_snapshot(
                thing, merged.snapshot, user=copy.taken_by, note=_("Suggested by %(who)s.") % {"who": copy.user}
            )
    except (PermissionDenied, TakesDown, ValidationError):
        return False
    return True
