"""Undoing one log entry: the status, the dates and the address that it changed, but no text."""

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from interaxion.content.publishing.log import LogEntry
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.window import State
from interaxion.content.saving.transitions import Moved, To, pass_door

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

#: Within this time a move is undone without a confirmation, even if something live disappears.
A_MOMENT = timedelta(minutes=10)


class ChangedSince(Exception):
    """Somebody has moved or saved the thing since. Nothing was written."""


def undo(entry: LogEntry, *, user: "AbstractBaseUser | None", is_confirmed: bool = False) -> Moved:
    """Restore what `entry` changed, with the permissions and checks of a transition.

    Raises ChangedSince, also if it is undone already, and what `transition()` raises.
    """
    model = entry.content_type.model_class()
    thing = model.objects.filter(pk=entry.object_id).first() if model else None
    if thing is None or not entry.before:
        raise ChangedSince(_("“%(thing)s” is not there any more.") % {"thing": entry.title})
    return pass_door(
        thing,
        To.TRASH if entry.before["deleted_at"] else To(entry.before["status"]),
        partial(_give_back, entry),
        user=user,
        is_confirmed=is_confirmed or timezone.now() - entry.logged_at < A_MOMENT,
        version=entry.version,
    )


def _give_back(entry: LogEntry, locked: Publishable) -> State:
    if locked.version != entry.version or locked.log.undoable().latest("pk") != entry:
        raise ChangedSince(_("“%(thing)s” was changed since: nothing is undone.") % {"thing": locked})
    return entry.give_back(locked)
