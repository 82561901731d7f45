"""Desk settings: how the team has decided to work together. One row, edited by editors."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from interaxion.content.one_row import OneRow


class DeskSettings(OneRow):
    hosts_may_edit_published = models.BooleanField(
        _("hosts correct what is published themselves"),
        default=True,
        help_text=_("Editors see each correction. Without it, a change waits until an editor takes it."),
    )

    class Meta(OneRow.Meta):
        verbose_name = _("desk settings")
        verbose_name_plural = _("desk settings")
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        return str(_("desk settings"))
