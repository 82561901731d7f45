"""A change to many things: one entry in the list, with how every row was before it."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interaxion.content.owned_rows import OwnedQuerySet, OwnedRow

KEPT_FOR = timedelta(days=30)


class ChangeQuerySet(models.QuerySet):
    def counted(self) -> Self:
        """The entries with the number of their rows; an import that changes nothing leaves none."""
        return self.annotate(count=models.Count("rows")).filter(count__gt=0)

    def expired(self, now: datetime) -> Self:
        return self.filter(happened_at__lt=now - KEPT_FOR)


class Change(models.Model):
    happened_at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    #: Null for a command.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("who"),
    )
    #: What was done, in the language of who did it.
    title = models.CharField(_("what was done"), max_length=300, editable=False)
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, editable=False)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("taken back by"),
    )

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change to many things")
        verbose_name_plural = _("changes to many things")
        default_permissions = ("view",)
        ordering = ["-happened_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> datetime:
        """Until then it can be taken back."""
        return self.happened_at + KEPT_FOR

    @property
    def is_open(self) -> bool:
        """Whether it can still be taken back."""
        return self.taken_back_at is None and timezone.now() < self.ends_at


class Effect(models.TextChoices):
    MADE = "made", _("made")
    CHANGED = "changed", _("changed")
    REMOVED = "removed", _("removed")


class ChangedRow(OwnedRow):
    """How one thing, or one row with a name, was before the change."""

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="rows")
    #: Its title at that time.
    title = models.CharField(max_length=300)
    effect = models.CharField(max_length=10, choices=Effect)
    #: By the name of the part (field, relation): the value of each part that the change touched; all if it was removed.
    before: Any = models.JSONField(default=dict)
    #: By the name of every part: the digest of its value after the change. Another one means an edit since.
    after: Any = models.JSONField(default=dict)
    #: By the name of an imported file: by how many versions the thing was ahead of it, null if it was not all of it.
    ahead_of_files: Any = models.JSONField(default=dict)
    #: Why it was not taken back, "" if it was.
    kept = models.CharField(max_length=300, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["change", "content_type", "object_id"], name="content_changedrow_once")
        ]

    def __str__(self) -> str:
        return self.title
