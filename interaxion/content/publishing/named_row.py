"""Rows that people know by several names (tags, speakers): their names, and how two of them become one."""

from collections.abc import Callable

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from interaxion.content import paths
from interaxion.content.publishing.addressed_row import AddressedRow
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.validators import validate_title


def reading_field() -> models.CharField:
    """The kana of a name. A function, not a field of `NamedRow`, so that it comes after `name` in forms and exports."""
    return models.CharField(
        _("reading"),
        max_length=100,
        blank=True,
        validators=[validate_title],
        help_text=_("In hiragana, for the order of lists."),
    )


class NamedRow(AddressedRow):
    """A row with `name`, `reading` (may be empty) and `aliases` (a list of names)."""

    class Meta:
        abstract = True

    @property
    def names(self) -> list[str]:
        return [self.name, *filter(None, [self.reading]), *self.aliases]


@transaction.atomic
def merge_named_rows(row: NamedRow, into: NamedRow, hand_over_uses: Callable[[], None]) -> None:
    """Merge `row` into another of its model: its names become aliases there, its address redirects.

    `hand_over_uses` moves what refers to `row`, and may set other fields of `into`, which is saved afterwards.
    """
    if row == into:
        return
    SiteState.lock()
    into.refresh_from_db()  # it may have been edited since it was read
    hand_over_uses()
    paths.hand_over(row, into)
    aliases = [*into.aliases, row.name, *row.aliases]
    row.delete()
    into.aliases = list(dict.fromkeys(alias for alias in aliases if alias != into.name))
    into.save()
