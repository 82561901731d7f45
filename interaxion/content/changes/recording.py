"""Recording a change to many things while it happens: all that the ordinary ways write inside a step is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from interaxion.content.changes.changes import Change, ChangedRow, Effect
from interaxion.content.changes.states import RowState, digest, states_of
from interaxion.content.owned_rows import Owner, owned_by_any
from interaxion.content.publishing.inserting import insert_rows
from interaxion.content.publishing.recorder import running
from interaxion.content.publishing.site_state import SiteState

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@contextmanager
def recording(title: str, *, user: "AbstractBaseUser | None") -> "Iterator[Recording]":
    """Record one change. Its entry is deleted again if nothing was changed: then `change.pk` is None."""
    change = Change.objects.create(title=title[:300], user=user)
    yield Recording(change)
    if not change.rows.exists():
        change.delete()


class Recording:
    """A change that is being recorded; without a stored entry, as in a dry run, its steps are mere transactions."""

    def __init__(self, change: Change | None = None) -> None:
        self.change = change or Change()
        #: How each row was at the beginning of this step; None if it did not exist.
        self._before: dict[tuple[type[models.Model], int], RowState | None] = {}
        self._unsaved: list[models.Model] = []

    @contextmanager
    def step(self) -> Iterator[None]:
        """Do a part of the change in one transaction, together with what is kept of it, under `SiteState.lock()`.

        Savepoints inside may be rolled back: nothing is kept of a row that is as it was.
        """
        with transaction.atomic():
            SiteState.lock()
            token = running.set(self if self.change.pk else None)
            try:
                yield
                if not transaction.get_rollback():
                    self._settle()
            finally:
                running.reset(token)
                self._before, self._unsaved = {}, []

    def keep(self, *rows: Any) -> None:
        self._note_saved()
        self._unsaved += [row for row in rows if row.pk is None]
        keys: dict[type[models.Model], set[int]] = {}
        for row in rows:
            if row.pk is not None and (type(row), row.pk) not in self._before:
                keys.setdefault(type(row), set()).add(row.pk)
        for model, wanted in keys.items():
            states = states_of(model, wanted)
            self._before |= {(model, pk): states.get(pk) for pk in wanted}

    def note_made(self, *rows: Any) -> None:
        for row in rows:
            self._before.setdefault((type(row), row.pk), None)

    def _note_saved(self) -> None:
        """Note the rows that had no key when they were kept, and were saved since."""
        self.note_made(*(row for row in self._unsaved if row.pk is not None))
        self._unsaved = [row for row in self._unsaved if row.pk is None]

    def _settle(self) -> None:
        """Write what has changed since the beginning of the step."""
        self._note_saved()
        keys: dict[type[models.Model], set[int]] = {}
        for model, pk in self._before:
            keys.setdefault(model, set()).add(pk)
        known = self._known_rows(keys)
        new = []
        for model, pks in keys.items():
            content_type, states = ContentType.objects.get_for_model(model), states_of(model, pks)
            for pk in sorted(pks):
                row = _compare(self._before[model, pk], states.get(pk))
                if row is None:
                    continue
                row.change, row.content_type, row.object_id = self.change, content_type, pk
                if earlier := known.get((content_type.pk, pk)):
                    _add(row, to=earlier)
                else:
                    new.append(row)
        insert_rows(ChangedRow, map(vars, new))

    def _known_rows(self, keys: dict[type[models.Model], set[int]]) -> dict[Owner, ChangedRow]:
        """Return what earlier steps have kept of the same rows; nothing of those that this step has made."""
        owners = [
            (ContentType.objects.get_for_model(model).pk, pk)
            for model, pks in keys.items()
            for pk in pks
            if self._before[model, pk] is not None
        ]
        rows = ChangedRow.objects.filter(owned_by_any(owners), change=self.change) if owners else ()
        return {row.owner: row for row in rows}


def _compare(before: RowState | None, after: RowState | None) -> ChangedRow | None:
    """Return what to keep of a row; None if nothing is different."""
    if before is None:
        return ChangedRow(title=after.title, effect=Effect.MADE, after=after.digests()) if after else None
    ahead = before.ahead_of_files
    if after is None:
        return ChangedRow(title=before.title, effect=Effect.REMOVED, before=before.parts, ahead_of_files=ahead)
    digests = after.digests()
    changed = {name: value for name, value in before.parts.items() if digest(value) != digests.get(name)}
    if not changed and ahead == after.ahead_of_files:
        return None
    return ChangedRow(title=after.title, effect=Effect.CHANGED, before=changed, after=digests, ahead_of_files=ahead)


def _add(row: ChangedRow, *, to: ChangedRow) -> None:
    """Add what this step did to a row that an earlier step of the same change has touched."""
    if to.effect == Effect.MADE and row.effect == Effect.REMOVED:
        to.delete()
        return
    to.before = {**row.before, **to.before}
    to.after = row.after
    if to.effect != Effect.MADE:
        to.effect = row.effect
    else:
        to.before = {}
    to.save()
