"""Exchanging the numbers and addresses of two episodes: a link to 5 then leads to the new episode 5."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from episodes.models import Episode
from interaxion.content import paths
from interaxion.content.publishing.recorder import keep
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.saving.storing import store

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def exchange(first: Episode, second: Episode, *, user: "AbstractBaseUser | None", with_numbers: bool = True) -> None:
    """Exchange numbers and addresses, or only addresses if the numbers are right already, and store both episodes.

    Raises ValidationError if a number is missing, and what `store()` raises; then nothing is changed.
    """
    if with_numbers and None in (first.number, second.number):
        raise ValidationError(_("An episode without a number has none to exchange."))
    with transaction.atomic():
        SiteState.lock()
        keep(first, second)
        first.refresh_from_db()
        second.refresh_from_db()
        published = first.published_path(), second.published_path()
        drafts = [path + Episode.draft_suffix for path in published]
        paths.exchange(first, second, [*published, *drafts])
        first.path, second.path = _address_like(first, published[1]), _address_like(second, published[0])
        if with_numbers:
            first.number, second.number = second.number, first.number
            Episode.objects.filter(pk=second.pk).update(number=None)  # numbers are unique at every moment
        note = _("Numbers and addresses exchanged: %(first)s, %(second)s")
        for episode in (first, second):
            store(episode, user=user, note=note % {"first": first, "second": second})


def _address_like(episode: Episode, path: str) -> str:
    """Return the address for an episode in its present state: that of a draft ends in `-draft`."""
    return path + Episode.draft_suffix if episode.path.endswith(Episode.draft_suffix) else path
