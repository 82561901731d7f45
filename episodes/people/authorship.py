"""The authors of posts and chapters: speakers in an order."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from episodes.people.speakers import PartOfSpeaker, Speaker, replace_people


class Authored(models.Model):
    """Something written whose rows of `Authorship` are its `authorships`."""

    class Meta:
        abstract = True

    def replace_authors(self, speakers: list[Speaker]) -> None:
        """Store the authors in this order; those not named are removed."""
        replace_people(self, "authorships", [(speaker, {}) for speaker in speakers])


class Authorship(PartOfSpeaker):
    """The ordered part of a speaker in something written; posts and chapters each have their own."""

    speaker = models.ForeignKey(
        "episodes.Speaker", on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("author")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    #: The name of the foreign key to what was written.
    owner_field: ClassVar[str]
    snapshot_fields = ("speaker", "position")

    class Meta(PartOfSpeaker.Meta):
        abstract = True
        ordering = ["position", "pk"]
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self) -> str:
        return str(self.speaker)
