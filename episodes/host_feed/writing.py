"""Writing what a host's feed says into an episode, the GUID too: old values are kept, and the change is logged."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from episodes.host_feed.taken_from_feed import as_data
from episodes.models import Episode, TakenFromFeed
from interaxion.content.publishing.log import LogEntry
from interaxion.content.saving.storing import store


def write_taken(episode: Episode, new: Mapping[str, Any], source: str) -> None:
    """Store the episode with these values, and keep what they replace."""
    before = {name: getattr(episode, name) for name in new}
    for name, value in new.items():
        setattr(episode, name, value)
    if "guid" in new:
        write_guids({episode.pk: new["guid"]})
    store(episode, user=None, note=f"feed: {source}"[:500])
    if new:
        taken, _made = TakenFromFeed.objects.get_or_create(episode=episode)
        taken.note(before, new)
        taken.save()
        log_changes(episode, before, source)


def write_guids(guids: Mapping[int, str]) -> None:
    """Give episodes these GUIDs, by primary key, before they are stored with them; two may exchange theirs.

    The GUID of an episode that apps know changes only here, by options of `import_feed`, and in `change_guid()`, by an
    administrator's form. Call this in a transaction under `SiteState.lock()`, and write the log. Raises
    ValidationError if another episode has a GUID.
    """
    holder = Episode.objects.filter(guid__in=guids.values()).exclude(pk__in=guids).first()
    if holder:
        message = _("the GUID “%(guid)s” is that of %(path)s: --match GUID=NUMBER moves it")
        raise ValidationError(message % {"guid": holder.guid, "path": holder.path})
    for pk in guids:
        Episode.objects.filter(pk=pk).update(guid=uuid.uuid4())
    for pk, guid in guids.items():
        Episode.objects.filter(pk=pk).update(guid=guid)


def log_changes(episode: Episode, before: Mapping[str, Any], source: str) -> None:
    """Write to the log the old and the new values of the fields."""
    lines = [f"{name}: {_spell(was)} → {_spell(getattr(episode, name))}" for name, was in before.items()]
    state = episode.state()
    LogEntry.objects.create(
        target=episode,
        title=str(episode)[:300],
        from_state=state,
        to_state=state,
        note="\n".join([f"import_feed {source}".strip(), *lines]),
    )


def _spell(value: Any) -> str:
    return "–" if value in (None, "") else str(as_data(value))
