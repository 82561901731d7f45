"""Revisions: one snapshot for each save. A snapshot is plain data: later changes of the models cannot break history."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interaxion.content.owned_rows import OwnedRow
from interaxion.content.publishing.publishable import Publishable


class Revision(OwnedRow):
    #: The thing's version after that save.
    number = models.PositiveIntegerField(_("number"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)
    note = models.TextField(_("note"), blank=True)
    data = models.JSONField()
    was_live = models.BooleanField(_("was live"), default=False)
    #: A user without the right to publish changed something published: editors are notified.
    is_correction = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        default_permissions = ("view",)
        ordering = ["-number"]
        indexes = [
            models.Index(
                fields=["content_type", "saved_at"],
                condition=models.Q(is_correction=True),
                name="content_revision_corrections",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "number"], name="content_revision_number_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.saved_at:%Y-%m-%d %H:%M}"


def snapshot(thing: Publishable) -> dict[str, Any]:
    """Return the thing as plain data: fields by name, tags by name, rows by their fields (sections with their key)."""
    return {
        "fields": {name: _plain(thing, name) for name in thing.snapshot_fields},
        "tags": sorted(tag.name for tag in thing.tags.all()) if hasattr(thing, "tags") else [],
        "rows": {
            relation: [
                {name: _plain(row, name) for name in row.snapshot_fields} for row in getattr(thing, relation).all()
            ]
            for relation in thing.snapshot_rows
        },
    }


def _plain(row: models.Model, name: str) -> Any:
    """Return a value that JSON can hold: as typed, or the name of the row that a foreign key points to."""
    field = row._meta.get_field(name)
    if field.is_relation:
        return str(getattr(row, name) or "")
    value = getattr(row, name)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"  # as typed, not as a database pads it
    return value if isinstance(value, str | int | bool | None) else field.value_to_string(row)
