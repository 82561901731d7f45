"""Merging and deleting rows that have names (tags, speakers) or an address, as changes that can be taken back."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from interaxion.content import paths
from interaxion.content.changes.changes import Change
from interaxion.content.changes.recording import recording
from interaxion.content.changes.states import CHUNK
from interaxion.content.importing.saving import follow_all_still
from interaxion.content.publishing.addressed_row import AddressedRow, NamedRow
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.recorder import keep
from interaxion.content.saving.storing import note_edits
from interaxion.content.search.names import content_named

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

#: A thing of content, by its class and key: the order in which things are read differs.
_Key = tuple[type[Publishable], int]


def merge_named_rows(rows: Sequence[NamedRow], into: NamedRow, *, user: "AbstractBaseUser | None") -> Change:
    """Merge `rows` into another of their model: their names become aliases there, their addresses redirect.

    Each thing that carried one of the names gets a new version: a form that was opened before would bring it back.
    """
    rows = [row for row in rows if row != into]
    title = _("Merged into “%(into)s”: %(names)s") % {"names": _names(rows), "into": into}
    with recording(title, user=user) as record, record.step():
        into.refresh_from_db()  # it may have been edited since it was read
        things = _keep_with_things([*rows, into], named=rows)
        for row in rows:
            row.hand_over_uses(into)
            paths.hand_over(row, into)
            aliases = [*into.aliases, row.name, *row.aliases]
            row.delete()
            into.aliases = list(dict.fromkeys(alias for alias in aliases if alias != into.name))
        into.save()
        _make_versions(things, user=user, note=title)
    return record.change


def delete_rows(rows: Sequence[AddressedRow], *, user: "AbstractBaseUser | None") -> Change:
    """Delete rows; nothing carries their names any more. Raises ProtectedError if something needs one of them."""
    title = _("Deleted: %(names)s") % {"names": _names(rows)}
    with recording(title, user=user) as record, record.step():
        things = _keep_with_things(rows, named=rows)
        for row in rows:
            row.delete()
        _make_versions(things, user=user, note=title)
    return record.change


def find_uses(row: AddressedRow, most: int = 3) -> tuple[int, list[Publishable]]:
    """Return how much content carries the name of a speaker or tag, and at most `most` examples, the newest."""
    carrying = list(content_named(row))
    examples = [thing for things in carrying for thing in things.for_lists().newest_first()[:most]]
    return sum(things.count() for things in carrying), examples[:most]


def _names(rows: Sequence[AddressedRow]) -> str:
    return ", ".join(map(str, rows))


def _keep_with_things(rows: Sequence[AddressedRow], *, named: Sequence[AddressedRow]) -> list[_Key]:
    """Keep the rows, and all content that carries the names of `named`. Return this content."""
    keys = {
        (things.model, pk)
        for row in named
        for things in content_named(row)
        for pk in things.order_by().values_list("pk", flat=True)
    }
    keep(*rows, *(model(pk=pk) for model, pk in keys))
    return sorted(keys, key=lambda each: (each[0]._meta.label, each[1]))


def _make_versions(things: Sequence[_Key], *, user: "AbstractBaseUser | None", note: str) -> None:
    """Make a new version of each thing, which follows its imported file still."""
    for model, of_kind in groupby(things, key=itemgetter(0)):
        pks = [pk for _model, pk in of_kind]
        for start in range(0, len(pks), CHUNK):
            # With what `is_live()` reads: the course of a chapter.
            things_now = model.objects.select_related().defer("html", "text", "outline")
            chunk = list(things_now.filter(pk__in=pks[start : start + CHUNK]))
            follow_all_still(chunk)
            note_edits(chunk, user=user, note=note)
