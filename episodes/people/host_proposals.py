"""Proposals of hosts, by how often each speaks: an import knows no roles, so the desk proposes and a person decides."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q

from episodes.models import Appearance, Episode, Speaker
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.saving.storing import note_change

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
def mark_as_hosts(speakers: Collection[Speaker]) -> list[int]:
    """Make these speakers hosts wherever they have no role. Returns the keys of the rows, for `take_back()`."""
    SiteState.lock()
    unsaid = Appearance.objects.filter(speaker__in=speakers, role="", episode__deleted_at=None)
    keys = list(unsaid.order_by("pk").values_list("pk", flat=True))
    _set_role(keys, before="", role=HOST)
    return keys


@transaction.atomic
def take_back(keys: Collection[int]) -> int:
    """Remove the role from those of these rows that still say host. Returns how many did."""
    SiteState.lock()
    return _set_role(keys, before=HOST, role="")


def _set_role(keys: Collection[int], *, before: str, role: str) -> int:
    changed = Appearance.objects.filter(pk__in=keys, role=before).update(role=role)
    note_change()
    return changed
