"""What the team decided of its own work: one row, edited by editors."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeskSettings(models.Model):
    hosts_may_edit_published = models.BooleanField(
        _("hosts correct what is published themselves"),
        default=True,
        help_text=_("Editors see each correction. Without it, a change waits until an editor takes it."),
    )

    class Meta:
        verbose_name = _("desk settings")
        verbose_name_plural = _("desk settings")
        default_permissions = ("view", "change")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="content_desksettings_one_row")]

    def __str__(self) -> str:
        return str(_("desk settings"))

    @classmethod
    def current(cls) -> Self:
        """Unsaved where nobody has decided anything yet."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
