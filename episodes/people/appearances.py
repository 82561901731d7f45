"""Appearances: the speakers of an episode, in their order, with their roles."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from episodes.people.speakers import PartOfSpeaker, Speaker


class Appearance(PartOfSpeaker):
    class Role(models.TextChoices):
        HOST = "host", _("Host")
        GUEST = "guest", _("Guest")

        __empty__ = _("not said")

    episode = models.ForeignKey("episodes.Episode", on_delete=models.CASCADE, related_name="appearances")
    speaker = models.ForeignKey(
        Speaker, on_delete=models.PROTECT, related_name="appearances", verbose_name=_("speaker")
    )
    #: "" if unknown, as after an import: then no page shows a role.
    role = models.CharField(_("role"), max_length=10, choices=Role, blank=True, default="")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    owner_field = "episode"
    snapshot_fields = ("speaker", "role", "position")

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "speaker"],
                name="episodes_appearance_once",
                violation_error_message=_("This speaker is already in the list."),
            )
        ]
        # What one person said in which episode, with no look at the rows: a host has thousands.
        indexes = [models.Index(fields=["speaker", "episode", "role"], name="episodes_appearance_of_speaker")]

    def __str__(self) -> str:
        return str(self.speaker)
