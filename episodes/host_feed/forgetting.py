"""Forgetting a feed: episodes get back the GUID, audio, length and date that they had before `import_feed`."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from episodes.host_feed.taken_from_feed import OF_PLAYER, TAKEN
from episodes.host_feed.writing import log_changes, write_guids
from episodes.models import Episode, TakenFromFeed
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.saving.storing import store


@dataclass(frozen=True)
class Forgotten:
    """An episode, the names of the fields that it got back, and notes on the others."""

    episode: Episode
    changed: list[str]
    notes: list[str]


def forget(episodes: Sequence[Episode], *, dry_run: bool) -> list[Forgotten]:
    """Give each episode back what it had before: all of them, or none if one fails.

    A field that somebody has changed since the run stays. Raises ValidationError if another episode now has a GUID that
    one of these had.
    """
    with transaction.atomic():
        SiteState.lock()
        rows = [*TakenFromFeed.objects.filter(episode__in=episodes).select_related("episode").order_by("pk")]
        back = {row.episode_id: row.to_give_back() for row in rows}
        write_guids({pk: fields["guid"] for pk, fields in back.items() if "guid" in fields})
        forgotten = [_give_back(row, back[row.episode_id]) for row in rows]
        transaction.set_rollback(dry_run)
    return forgotten


def is_made_by_feed(episode: Episode) -> bool:
    """Whether a feed made the episode with the GUID that it has: then there is nothing to give back."""
    first = episode.revisions.order_by("pk").first()
    return first is not None and first.note.startswith("feed: ")


def _give_back(row: TakenFromFeed, back: dict[str, object]) -> Forgotten:
    episode = row.episode
    before = {name: getattr(episode, name) for name in back}
    for name, value in back.items():
        setattr(episode, name, value)
    episode.guid_taken_from = ""
    store(episode, user=None, note="import_feed --forget")
    row.delete()
    log_changes(episode, before, "--forget")
    message = _("%(field)s stays as it is: it was changed since, or the episode was published")
    # PostgreSQL keeps no order of keys in JSON.
    names = sorted(row.before, key=[*TAKEN, *OF_PLAYER].index)
    changed = [name for name in names if name in back]
    return Forgotten(episode, changed, [message % {"field": name} for name in names if name not in back])
