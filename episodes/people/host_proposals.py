"""Proposals of hosts, by how often each speaks: an import knows no roles, so the desk proposes and a person decides."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from episodes.models import Appearance, Episode, Speaker
from interaxion.content.changes.changes import Change
from interaxion.content.changes.recording import recording
from interaxion.content.importing.saving import follow_still
from interaxion.content.languages import in_a_row
from interaxion.content.publishing.recorder import keep
from interaxion.content.saving.storing import note_change, note_edit

if TYPE_CHECKING:
    from django.contrib.auth.models import User

HOST = str(Appearance.Role.HOST)


@dataclass(frozen=True)
class HostProposal:
    speaker: Speaker
    episodes: int  # in which they speak
    unsaid: int  # in how many of these they have no role
    is_regular: bool  # in at least every second episode


def count_episodes() -> int:
    """Count the episodes with any speakers, without the trash."""
    return Episode.objects.untrashed().filter(appearances__isnull=False).distinct().count()


def propose_hosts() -> list[HostProposal]:
    """Return all who speak in any episode without a role, the most frequent first."""
    total = count_episodes()
    untrashed = Q(appearances__episode__deleted_at=None)
    speakers = Speaker.objects.annotate(
        spoke_in=Count("appearances", filter=untrashed),
        unsaid_in=Count("appearances", filter=untrashed & Q(appearances__role="")),
    ).filter(unsaid_in__gt=0)
    return [
        HostProposal(speaker, speaker.spoke_in, speaker.unsaid_in, speaker.spoke_in * 2 >= total)
        for speaker in speakers.order_by("-spoke_in", "pk")
    ]


def mark_as_hosts(speakers: Collection[Speaker], *, user: "User | None") -> tuple[int, Change]:
    """Make these speakers hosts wherever they have no role, in a new version of each episode.

    The episode follows its file still. Returns how many roles were set, and the change, which can be taken back.
    """
    title = _("Marked as hosts: %(names)s") % {"names": in_a_row(speaker.name for speaker in speakers)}
    with recording(title, user=user) as record, record.step():
        unsaid = Appearance.objects.filter(speaker__in=speakers, role="", episode__deleted_at=None)
        changed = dict(unsaid.values_list("pk", "episode"))
        episodes = Episode.objects.filter(pk__in=set(changed.values())).defer("html", "text", "outline").order_by("pk")
        keep(*episodes)
        Appearance.objects.filter(pk__in=changed).update(role=HOST)
        for episode in episodes:
            before = episode.version
            note_edit(episode, user=user, note=_("Marked as host where no role was said."))
            follow_still(episode, before)
        note_change()
    return len(changed), record.change
