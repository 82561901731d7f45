"""Suggestions with a date: an editor takes one before it is due, and `tick` writes it when its time has come."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.revisions import snapshot
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.publishing.working_copies import WorkingCopy
from interaxion.content.saving.storing import store
from interaxion.content.saving.taking_down import TakesDown
from interaxion.content.tags import find_tags, spell_names
from interaxion.desk.saving.merge_stale_save import find_base
from interaxion.desk.saving.snapshot_forms import fill, key_of_row
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


def write_snapshot(thing: Publishable, data: Snapshot, *, user: "AbstractBaseUser | None", note: str) -> None:
    """Store `thing` as the snapshot says. Raises what `store()` raises."""
    fill(thing, data)
    rows = {relation: list(getattr(thing, relation).all()) for relation in thing.snapshot_rows}

    def write_related() -> None:
        if hasattr(thing, "tags"):
            thing.tags.set(find_tags(spell_names(data["tags"])))
        for relation, wanted in rows.items():
            _write_rows(getattr(type(thing)._base_manager.get(pk=thing.pk), relation), wanted)

    store(thing, user=user, note=note, write_related=write_related)


def _write_rows(manager: Any, wanted: list[Any]) -> None:
    stored = {key_of_row(row): row.pk for row in manager.all()}
    kept = {key_of_row(row) for row in wanted}
    manager.filter(pk__in=[pk for key, pk in stored.items() if key not in kept]).delete()
    for row in wanted:
        row.pk = stored.get(key_of_row(row))
        row._state.adding = row.pk is None
        row.save()
