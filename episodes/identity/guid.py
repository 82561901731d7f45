"""Changing the GUID: all subscribers get a live episode again, so an administrator decides, and it is logged."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from episodes.models import Episode
from interaxion.content.publishing.log import LogEntry
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.saving.storing import Saved, store

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def change_guid(episode: Episode, guid: str, *, user: "User | None", reason: str, **storing: Any) -> Saved:
    """Store `episode` under another GUID, with all its other changes, and log both GUIDs and the reason.

    A command passes `user=None`. `storing` is passed to `store()`; without a note, `reason` is that of the revision.
    Raises PermissionDenied if apps know the episode by its GUID and the user is no administrator, and what `store()`
    raises; do not use the object `episode` after that.
    """
    with transaction.atomic():
        SiteState.lock()
        stored = Episode.objects.select_for_update().defer("html", "text", "outline").get(pk=episode.pk)
        if user is not None and not user.is_superuser and stored.is_guid_fixed:
            raise PermissionDenied(_("Only an administrator gives an episode that apps know another GUID."))
        episode.replaced_guid, episode.guid = stored.guid, guid
        saved = store(episode, user=user, **{"note": reason, **storing})
        episode.replaced_guid = ""
        LogEntry.objects.create(
            target=episode,
            user=user,
            title=str(episode)[:300],
            from_state=episode.state(),
            to_state=episode.state(),
            note=" · ".join(filter(None, (f"GUID: {stored.guid} → {guid}", reason))),
        )
    return saved
