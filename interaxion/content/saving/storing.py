"""store(): the only way content is written, for the admin, importers, restoring and commands alike."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext

from interaxion.content import paths
from interaxion.content.checks.problem_counts import count_after_commit
from interaxion.content.diagrams.kept import draw_diagrams
from interaxion.content.parts.part import forget_parts
from interaxion.content.prefetching import forget_prefetched, set_prefetched, share_prefetched
from interaxion.content.prepared import Prepared
from interaxion.content.publishing.log import LogEntry
from interaxion.content.publishing.publishable import Publishable, kinds
from interaxion.content.publishing.recorder import keep
from interaxion.content.publishing.revisions import Revision, snapshot
from interaxion.content.publishing.settling import follow_windows, rewrite_derived_rows
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.publishing.window import WINDOW_FIELDS, Status
from interaxion.content.saving.deriving import fill_in
from interaxion.content.saving.reading import Stored, hold_relations, lock_stored, read_relations, read_row
from interaxion.content.saving.stored_facts import (
    BOOKKEEPING,
    DERIVED,
    facts_as_stored,
    names_of_relations,
    relations_of,
)
from interaxion.content.saving.taking_down import demand_consent
from interaxion.content.validators import validate_cost

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


class StaleVersion(Exception):
    """Somebody else saved the thing since it was loaded (optimistic locking). Nothing was written."""


@dataclass(frozen=True)
class Saved:
    """The result of `store()`: whether it made a new version, and the log entry if the dates changed the state."""

    is_edited: bool
    move: LogEntry | None = None


def store(
    thing: Publishable,
    *,
    user: "AbstractBaseUser | None",
    note: str = "",
    write_related: Callable[[], object] | None = None,
    is_confirmed: bool = False,
    locked: Stored | None = None,
) -> Saved:
    """Write `thing` and all that follows, in one transaction: address, HTML, links, index, revision, version + 1.

    `write_related` writes the rows that belong to it (sections, speakers, tags): once `thing` has a primary key, and
    before its own row, so that this is written together with the HTML.
    `locked` is the thing as the caller has read it in this transaction, after `SiteState.lock()`.
    Idempotent: a save without any change makes no revision and leaves cached pages fresh, unless the HTML changes: a
    file that the text names may have been added.
    Raises ValidationError if a field or the address is refused, StaleVersion if `thing.version` is no longer the
    stored one, PermissionDenied if a host would change the identity of something published, TakesDown if it would
    disappear for visitors and `user` has not confirmed that.
    """
    loaded_version, is_new = thing.version, thing.pk is None
    draw_diagrams(typed := thing.typed_text(), thing.markdown_kind)
    try:
        with transaction.atomic(), SiteState.changing():
            keep(thing)
            found = _catch_up(thing, locked)
            stored = found.row if found else None
            before = facts_as_stored(found.row, found.relations) if found else None
            thing.settle_path()
            _demand_identity(thing, stored, user)
            if stored:
                thing.validate_change(stored)
            # The database checks the constraints: `_explain()` asks which one refused.
            thing.full_clean(validate_unique=False, validate_constraints=False)
            _catch_up_around(thing)
            if stored is None:
                thing.save()  # its address and its rows need its key
                for relation in names_of_relations(thing):
                    set_prefetched(thing, relation, [])
            else:
                demand_consent(stored, thing, user, is_confirmed=is_confirmed)
                forget_prefetched(thing)  # what is written next is compared with the database
            is_known = thing.path.endswith(thing.draft_suffix) or thing.is_live()
            paths.claim(thing, thing.path, keep=is_known, is_new=is_new)
            if write_related:
                write_related()
            forget_prefetched(thing)
            relations = read_relations(thing)  # once, for all that follows
            hold_relations(thing, relations)
            source = thing.source_text()
            validate_cost(source)
            if source != typed:  # of notes only now: their sections are rows
                draw_diagrams(source, thing.markdown_kind)
            rendered = thing.rendered = fill_in(thing)
            if stored is None:
                _number_version(thing)
            thing.save(update_fields=[*DERIVED, *thing.derived_fields, *BOOKKEEPING] if stored is None else None)
            row = read_row(thing)
            share_prefetched(thing, row)
            rewrite_derived_rows(row, rendered.outline, is_new=is_new)
            follow_windows(thing.dependants())
            after = facts_as_stored(row, relations)
            if after == before:
                return Saved(is_edited=False)
            is_edited = before is None or after.typed != before.typed
            move = None
            if is_edited:
                if before is not None:
                    _number_version(thing)
                    if not after.reads_as(before):
                        thing.text_changed_at = timezone.now()
                    thing.save(update_fields=BOOKKEEPING)
                _revision(thing, user, note).save()
                move = _log_move(stored, thing, user, note)
            note_change(is_seen=thing.is_live() or (stored is not None and stored.is_live()))
            for name in BOOKKEEPING:
                setattr(row, name, getattr(thing, name))
            count_after_commit(thing, row)
    except BaseException as problem:
        thing.version = loaded_version
        if is_new:
            thing.pk, thing._state.adding = None, True
        if isinstance(problem, IntegrityError):
            _explain(thing)
        raise
    finally:
        forget_prefetched(thing)  # a caller may write its rows next
    return Saved(is_edited, move)


def _explain(thing: Publishable) -> None:
    """Raise ValidationError if it is a constraint of `thing` that the database has refused."""
    thing.validate_unique()
    thing.validate_constraints()


def keep_aside(thing: Publishable, *, user: "AbstractBaseUser | None", note: str, data: dict[str, Any]) -> None:
    """Keep the snapshot `data`, which the next `store()` will not write, as a revision: nothing typed is lost."""
    Revision.objects.create(target=thing, number=thing.version + 1, user=user, note=note, data=data)
    thing.version += 1
    type(thing).objects.filter(pk=thing.pk).update(version=thing.version)


def note_edit(thing: Publishable, *, user: "AbstractBaseUser | None", note: str) -> None:
    """Make a new version after a change of rows from which no HTML is derived. Call it under `SiteState.lock()`.

    A form that was opened before is stale then. `note_change()` may follow once for many.
    """
    note_edits([thing], user=user, note=note)


def note_edits(things: Sequence[Publishable], *, user: "AbstractBaseUser | None", note: str) -> None:
    """Do the same for several things of one kind, in as many queries as for one."""
    if not things:
        return
    for thing in things:
        forget_prefetched(thing)
        thing.version += 1
        thing.stored_at = timezone.now()
    prefetch_related_objects(things, *relations_of(things[0]))
    same = type(things[0])._default_manager.filter(pk__in=[thing.pk for thing in things])
    same.update(version=F("version") + 1, stored_at=things[0].stored_at)
    Revision.objects.bulk_create(_revision(thing, user, note) for thing in things)
    forget_parts(things)
    for thing in things:
        forget_prefetched(thing)


def note_change(*, is_seen: bool = True) -> None:
    """Make cached pages stale, and store when the clock alone will do so next. Call it under `SiteState.lock()`.

    What visitors do not see, such as a draft, makes nothing stale: feeds and ETags show nobody when the team works.
    """
    note = SiteState.rise if is_seen else SiteState.plan
    note(_boundaries)


def _boundaries() -> Iterator[datetime]:
    """Yield the instants to come at which something begins or ends being live. One query for all kinds."""
    now = timezone.now()
    for window in _find_windows(now):
        yield from (moment for moment in window if moment and moment > now)


@Prepared
def _find_windows(now: datetime) -> QuerySet[Any]:
    coming = Q(publish_at__gt=now) | Q(unpublish_at__gt=now)
    first, *others = (
        kind.objects.filter(coming, deleted_at=None).order_by().values_list("publish_at", "unpublish_at")
        for kind in kinds()
    )
    return first.union(*others)


def _number_version(thing: Publishable) -> None:
    thing.version += 1
    thing.stored_at = timezone.now()


def _revision(thing: Publishable, user: "AbstractBaseUser | None", note: str) -> Revision:
    return Revision(
        target=thing,
        number=thing.version,
        user=user,
        note=note,
        data=snapshot(thing),
        was_live=thing.is_live(),
        is_correction=_is_correction(thing, user),
    )


def _is_correction(thing: Publishable, user: "AbstractBaseUser | None") -> bool:
    return user is not None and thing.status == Status.PUBLISHED and not user.has_perm(thing.publish_permission)


def _demand_identity(thing: Publishable, before: Publishable | None, user: "AbstractBaseUser | None") -> None:
    if not before or before.status != Status.PUBLISHED or user is None or user.has_perm(thing.publish_permission):
        return
    if changed := thing.changed_identity(before):
        names = ", ".join(str(thing._meta.get_field(name).verbose_name) for name in changed)
        raise PermissionDenied(gettext("This is published: only an editor changes %(fields)s.") % {"fields": names})


def _log_move(
    stored: Publishable | None, thing: Publishable, user: "AbstractBaseUser | None", note: str
) -> LogEntry | None:
    """Log that an edited date has changed the state: what was live may be scheduled now."""
    now = timezone.now()
    if stored is None or stored.state(now) is thing.state(now):
        return None
    return LogEntry.of_move(stored, thing, user=user, note=note)


def _catch_up(thing: Publishable, locked: Stored | None) -> Stored | None:
    """Lock the row, and copy to `thing` what transition() changed since it was loaded. Return the thing as stored.

    Returns None for a new thing. Raises StaleVersion, and the DoesNotExist of its model.
    """
    if thing.pk is None:
        return None
    if locked is None or locked.row.version != thing.version:  # the caller has made a new version since
        locked = lock_stored(type(thing), thing.pk)
    if locked is None:
        raise type(thing).DoesNotExist(f"{thing} is not stored any more")
    stored = locked.row
    if stored.version != thing.version:
        raise StaleVersion(f"{thing} is at version {stored.version}, not {thing.version}")
    thing.status, thing.deleted_at = stored.status, stored.deleted_at
    if stored.status == Status.PUBLISHED:  # only a draft may lose its date
        thing.publish_at = thing.publish_at or stored.publish_at
    if thing.published_path() == stored.path:
        thing.path = stored.path
    return locked


def _catch_up_around(thing: Publishable) -> None:
    """Copy the same from the database for what it is visible with only: the course of a chapter."""
    for window in thing.windows():
        if window is not thing:
            window.refresh_from_db(fields=WINDOW_FIELDS)
