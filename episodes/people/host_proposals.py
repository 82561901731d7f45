"""Proposals of hosts, by how often each speaks: an import knows no roles, so the desk proposes and a person decides."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from episodes.models import Appearance, Episode, Speaker
from interaxion.content.importing.saving import follow_still
from interaxion.content.publishing.site_state import SiteState
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


@transaction.atomic
def mark_as_hosts(speakers: Collection[Speaker], *, user: "User | None") -> list[int]:
    """Make these speakers hosts wherever they have no role. Returns the keys of the rows, for `take_back()`."""
    SiteState.lock()
    unsaid = Appearance.objects.filter(speaker__in=speakers, role="", episode__deleted_at=None)
    return _set_role(unsaid, HOST, user=user, note=_("Marked as host where no role was said."))


@transaction.atomic
def take_back(keys: Collection[int], *, user: "User | None") -> int:
    """Remove the role from those of these rows that still say host. Returns how many did."""
    SiteState.lock()
    still = Appearance.objects.filter(pk__in=keys, role=HOST)
    return len(_set_role(still, "", user=user, note=_("The marking of hosts was taken back.")))


def _set_role(rows: QuerySet[Appearance], role: str, *, user: "User | None", note: str) -> list[int]:
    """Set the role of `rows`, in a new version of each episode, which follows its file still. Returns their keys."""
    changed = dict(rows.order_by("pk").values_list("pk", "episode"))
    Appearance.objects.filter(pk__in=changed).update(role=role)
    episodes = Episode.objects.filter(pk__in=set(changed.values())).defer("html", "text", "outline")
    for episode in episodes.select_for_update().order_by("pk"):
        before = episode.version
        note_edit(episode, user=user, note=note)
        follow_still(episode, before)
    note_change()
    return list(changed)
