"""Merging works in the desk: a change to many things, which can be taken back as one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from interaxion.content.changes.changes import Change
from interaxion.content.changes.recording import recording
from interaxion.content.linking.merging import merge_works
from interaxion.content.linking.same_works import SameWorks
from interaxion.content.linking.works import Work, find_or_make_works
from interaxion.content.publishing.recorder import keep
from interaxion.content.search.rows import SearchRow

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def merge_and_follow(works: Sequence[Work], into: Work, *, user: "AbstractBaseUser | None") -> Change:
    title = _("Merged into “%(into)s”: %(names)s") % {"names": ", ".join(map(str, works)), "into": into}
    with recording(title, user=user) as record, record.step():
        _merge(works, into)
    return record.change


def merge_all(offers: Sequence[SameWorks], *, user: "AbstractBaseUser | None") -> Change:
    """Merge what may be one, each in a step of one change, and make the work that stays where there is none."""
    with recording(_("Works that are one"), user=user) as record:
        for offer in offers:
            with record.step():
                found = find_or_make_works([offer.identity])
                _merge(offer.works, offer.into or found[offer.identity.key])
    return record.change


def _merge(works: Sequence[Work], into: Work) -> None:
    """Merge, and update the search index, so that a web page is found by the words of all its links."""
    for work in works:
        keep(work, into, *work.merged.all())
        merge_works(work, into)
    into.refresh_from_db()
    SearchRow.objects.write_mentions(into.merged_into or into)
