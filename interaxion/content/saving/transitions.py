"""transition(): the only door between draft, review, published and the trash."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from interaxion.content import paths
from interaxion.content.checks.problem_counts import keep_count
from interaxion.content.prefetching import forget_prefetched, share_prefetched
from interaxion.content.publishing.log import MOVED, LogEntry
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.recorder import keep
from interaxion.content.publishing.settling import follow_window, settled
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.publishing.window import State, Status
from interaxion.content.saving.stored_facts import with_speakers
from interaxion.content.saving.storing import StaleVersion, note_change
from interaxion.content.saving.taking_down import demand_consent
from interaxion.text.problems import Problem, errors_in, warning

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


class To(StrEnum):
    DRAFT = "draft"  # also out of the trash, whatever the status was before
    REVIEW = "review"
    PUBLISHED = "published"  # at its date, or now if it has none
    NOW = "now"  # published; a date in the future is replaced
    TRASH = "trashed"
    RESTORED = "restored"  # out of the trash, with the status it had


#: The moves that run the publish checks.
PUBLISHING = (To.PUBLISHED, To.NOW)


@dataclass(frozen=True)
class Moved:
    """The result of a move: its log entry, and the problems that the checks found."""

    entry: LogEntry
    problems: list[Problem]


class PublishingRefused(Exception):
    """The checks found errors, or warnings that nobody has confirmed. Nothing was written."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


def transition(
    thing: Publishable,
    *,
    to: str,
    user: "AbstractBaseUser | None",
    at: datetime | None = None,
    note: str = "",
    is_confirmed: bool = False,
    version: int | None = None,
    keeps_date: bool = True,
) -> Moved:
    """Move `thing` to another status, and log it.

    `at` is the instant of publishing; None means now. `version` is the version that `user` has seen, by default that
    of `thing`: no other becomes public (optimistic locking). Without `keeps_date` a draft loses its date of publishing.
    A command or an import passes `user=None`: neither permissions nor checks stop it. Raises PermissionDenied,
    PublishingRefused, StaleVersion, TakesDown if visitors lose it and nobody has confirmed that, or ValidationError if
    the address of the published thing is taken.
    """
    target = To(to)
    change = partial(_move, to=target, at=at, keeps_date=keeps_date)
    return pass_door(thing, target, change, user=user, note=note, is_confirmed=is_confirmed, version=version)


def pass_door(
    thing: Publishable,
    to: To,
    change: Callable[[Publishable], State | None],
    *,
    user: "AbstractBaseUser | None",
    note: str = "",
    is_confirmed: bool = False,
    version: int | None = None,
) -> Moved:
    """Lock the row, let `change` move it, and do all that follows. The shared part of `transition()` and `undo()`.

    `change` returns the state that was promised to `user`, or None if the checks decide.
    """
    with transaction.atomic(), SiteState.changing():
        keep(thing)
        stored = settled(thing)  # with its relations, if the same transaction has just written it
        locked = stored or type(thing).objects.select_for_update().get(pk=thing.pk)
        before = copy(locked)
        promised = change(locked)
        if not may_transition(before, to, user):
            raise PermissionDenied(_("You may not change the status of this."))
        is_published = locked.status == Status.PUBLISHED and not locked.deleted_at
        seen = thing.version if version is None else version
        if user is not None and is_published and locked.version != seen:
            raise StaleVersion(f"{locked} is at version {locked.version}, not {seen}")
        demand_consent(before, locked, user, is_confirmed=is_confirmed)
        is_checked = to in PUBLISHING and promised is None
        problems = _check(thing, locked, is_read=stored is not None) if is_checked else _surprises(locked, promised)
        if user is not None and (errors_in(problems) or (problems and not is_confirmed)):
            raise PublishingRefused(problems)
        locked.save(update_fields=MOVED)
        if is_published and is_confirmed:  # the checks named the thing that loses this old address
            paths.free_for(locked, locked.path, user=user)
        if locked.path != before.path:
            paths.claim(locked, locked.path, keep=not is_published)
        if is_published:
            paths.keep_paths(locked)
        follow_window(locked)
        entry = LogEntry.of_move(before, locked, user=user, note=note)
        note_change(is_seen=before.is_live() or locked.is_live())
        if is_checked and thing.is_count_due:
            thing.is_count_due = False
            keep_count(thing, problems)
    for field in MOVED:
        setattr(thing, field, getattr(locked, field))
    return Moved(entry, problems)


def may_transition(thing: Publishable, to: str, user: "AbstractBaseUser | None") -> bool:
    """Whether `user` has the right: hosts move between draft and review, everything else is for editors."""
    if user is None:
        return True
    touches_public = To(to) in {*PUBLISHING, To.TRASH} or thing.status == Status.PUBLISHED or thing.deleted_at
    return user.has_perm(thing.publish_permission if touches_public else thing.change_permission)


def _check(thing: Publishable, locked: Publishable, *, is_read: bool) -> list[Problem]:
    """Run the checks. The rows are read once for all of them, and for what is derived from `locked`, the same thing.

    `is_read`: whether `locked` has them.
    """
    if not is_read:
        prefetch_related_objects([locked], *with_speakers(locked, locked.snapshot_rows))
    share_prefetched(locked, thing)
    try:
        return thing.problems(thing.rendered)
    finally:
        forget_prefetched(thing)


def _move(thing: Publishable, *, to: To, at: datetime | None, keeps_date: bool) -> State | None:
    now = timezone.now()
    trashed_at, thing.deleted_at = thing.deleted_at, None
    if to is To.TRASH:
        thing.deleted_at = trashed_at or now
        return None
    if to is To.RESTORED:
        return thing.state(trashed_at)
    if to in PUBLISHING:
        thing.publish_at = at or thing.publish_at or now
        if to is To.NOW:
            thing.publish_at = min(thing.publish_at, now)
        thing.path = thing.published_path()
        if thing.state(now) is State.ENDED and thing.unpublish_at and thing.unpublish_at <= now:
            thing.unpublish_at = None  # something that had ended is published again
        thing.validate_dates()
        thing.status = Status.PUBLISHED
        return None
    thing.status = Status(to)
    thing.publish_at = thing.publish_at if keeps_date else None
    return None


def _surprises(thing: Publishable, promised: State | None) -> list[Problem]:
    """Warn if a thing that was scheduled when it was trashed would be public at once, because its date has come."""
    if promised in {None, State.LIVE} or not thing.is_live():
        return []
    message = _("Its date has come meanwhile: %(address)s would be public at once.")
    return [warning(message % {"address": thing.path}, "publish_at")]
