"""Taking something live off the site: `store()` and `transition()` demand a confirmation before."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interaxion.content import paths
from interaxion.content.publishing.publishable import Publishable

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


class TakesDown(Exception):
    """Something live would disappear for visitors, and nobody has confirmed that. Nothing was written."""

    def __init__(self, thing: Publishable) -> None:
        super().__init__(" ".join(what_goes(thing)))


def demand_consent(
    before: Publishable, after: Publishable, user: "AbstractBaseUser | None", *, is_confirmed: bool
) -> None:
    """Raise TakesDown if `user` has not confirmed that `before`, which is live, becomes `after`, which is not.

    Raise PermissionDenied if `user` has no right to publish. A command (`user=None`) needs no confirmation.
    """
    if user is None or not before.is_live() or after.is_live():
        return
    if not user.has_perm(before.publish_permission):
        raise PermissionDenied(_("You may not change the status of this."))
    if not is_confirmed:
        raise TakesDown(before)


def what_goes(thing: Publishable) -> list[str]:
    """Return sentences, in the user's language, on the pages that become 404 with `thing` and the feeds it leaves."""
    sentences = [_("%(address)s becomes 404.") % {"address": thing.path}]
    pages = [each.path for each in thing.dependants() if each.is_live()]
    if pages:
        text = ngettext("With it %(count)d page does: %(pages)s.", "With it %(count)d pages do: %(pages)s.", len(pages))
        sentences.append(text % {"count": len(pages), "pages": _join(pages)})
    old = [row.address for row in paths.paths_of(thing).filter(is_current=False, is_kept=True).order_by("path")]
    if old:
        sentences.append(_("So do the old addresses that lead there: %(addresses)s.") % {"addresses": _join(old)})
    sentences.append(_("It leaves the lists, the search and the feeds: %(feeds)s.") % {"feeds": _join(thing.feeds())})
    return sentences


def _join(addresses: list[str]) -> str:
    return ", ".join(addresses)
