"""transition(): the only door between draft, review, published and the trash."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from interaxion.content import paths
from interaxion.content.checks import Problem, errors_in
from interaxion.content.publishing.derived import follow_window
from interaxion.content.publishing.log import LogEntry
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.publishing.storing import note_change
from interaxion.content.publishing.window import WINDOW_FIELDS, State, Status

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


#: The fields that it writes.
MOVED = (*WINDOW_FIELDS, "path")


class To(StrEnum):
    DRAFT = "draft"  # also out of the trash
    REVIEW = "review"
    PUBLISHED = "published"
    TRASH = "trashed"


class PublishingRefused(Exception):
    """The checks found errors, or warnings that nobody has confirmed; nothing was written."""

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
) -> list[Problem]:
    """Move `thing` to another status and write it in the log; returns what the checks said of it.

    `at` is the instant of publishing (no date means now). A command or an import passes `user=None`: it is asked for no
    permission, and problems do not hold it up. Raises PermissionDenied, PublishingRefused, or ValidationError
    where the address of the published thing is taken.
    """
    target = To(to)
    with transaction.atomic():
        SiteState.lock()
        locked = type(thing)._base_manager.select_for_update().get(pk=thing.pk)
        before = locked.state()
        _demand_permission(locked, target, user)
        problems = thing.problems() if target is To.PUBLISHED else []
        if user is not None and (errors_in(problems) or (problems and not is_confirmed)):
            raise PublishingRefused(problems)
        _move(locked, target, at)
        locked.save(update_fields=MOVED)
        if target is To.PUBLISHED:
            if is_confirmed:  # the checks said whose old address it is
                paths.free_for(locked, locked.path, user=user)
            paths.claim(locked, locked.path, keep=True)
            paths.keep_paths(locked)
        follow_window(locked)
        LogEntry.objects.create(
            target=locked,
            user=user,
            title=str(locked)[:300],
            from_state=before,
            to_state=locked.state(),
            note=note,
        )
        note_change()
    for field in MOVED:
        setattr(thing, field, getattr(locked, field))
    return problems


def may_transition(thing: Publishable, to: str, user: "AbstractBaseUser | None") -> bool:
    """Whether `user` has the right: hosts move between draft and review, all else is the editor's."""
    if user is None:
        return True
    touches_public = To(to) in {To.PUBLISHED, To.TRASH} or thing.status == Status.PUBLISHED or thing.deleted_at
    return user.has_perm(thing.publish_permission if touches_public else thing.change_permission)


def _demand_permission(thing: Publishable, to: To, user: "AbstractBaseUser | None") -> None:
    if not may_transition(thing, to, user):
        raise PermissionDenied(_("You may not change the status of this."))


def _move(thing: Publishable, to: To, at: datetime | None) -> None:
    now = timezone.now()
    if to is To.TRASH:
        thing.deleted_at = thing.deleted_at or now
        return
    if to is To.PUBLISHED:
        thing.publish_at = at or thing.publish_at or now
        thing.path = thing.published_path()
        if thing.state(now) is State.ENDED and thing.unpublish_at and thing.unpublish_at <= now:
            thing.unpublish_at = None  # publishing again what had ended
        thing.check_dates()
    thing.deleted_at = None
    thing.status = Status(to)
