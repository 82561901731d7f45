"""The transcript of an episode: what was said, with its times. It is saved, and kept in versions, by itself."""

from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interaxion.content.languages import language_choices
from interaxion.content.publishing.addressed_row import PublicRow

NOTHING_TO_PUBLISH = _("There is no transcript to publish.")


class Transcript(PublicRow):
    """One of an episode. Every save is a version with a revision; `store_transcript()` is the only caller of `save()`.

    Without cues it counts as none: that is how one is taken away, so that its history stays.
    """

    episode = models.OneToOneField("episodes.Episode", on_delete=models.CASCADE, related_name="transcript")
    language = models.CharField(_("language"), max_length=10, default="ja", choices=language_choices)
    #: Start, end (seconds), text and speaker's label of each cue, in order: see `interaxion.text.transcripts.cues.Cue`.
    cues = models.JSONField(default=list, blank=True)
    is_published = models.BooleanField(
        _("transcript published"),
        default=False,
        help_text=_("Visitors and apps get it while the episode is public."),
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    stored_at = models.DateTimeField(default=timezone.now, editable=False)

    revisions = GenericRelation("content.Revision")

    part_of_field = "episode"
    snapshot_fields = ("language", "is_published", "cues")

    class Meta:
        verbose_name = _("transcript")
        verbose_name_plural = _("transcripts")
        default_permissions = ()  # whoever may edit the episode may edit it

    def __str__(self) -> str:
        return str(_("Transcript of %(episode)s") % {"episode": self.episode})

    def clean(self) -> None:
        if self.is_published and not self.cues:
            raise ValidationError({"is_published": NOTHING_TO_PUBLISH})

    def save(self, *args: Any, user: Any = None, note: str = "", **kwargs: Any) -> None:
        """Save it as a new version, with the revision of `user`. None: a command, or an undo."""
        self.version += 1
        self.stored_at = timezone.now()
        super().save(*args, **kwargs)
        self.revisions.create(number=self.version, user=user, note=note, data=self.snapshot(), was_live=self.is_live())

    def snapshot(self) -> dict[str, Any]:
        """Return what a revision holds of it, in the form of all snapshots."""
        return {"fields": {name: getattr(self, name) for name in self.snapshot_fields}, "tags": [], "rows": {}}

    def said(self) -> list[list[Any]]:
        return self.cues if self.is_published else []

    def is_live(self) -> bool:
        return self.is_published and self.episode.is_live()

    def is_seen(self, *, is_new: bool) -> bool:
        """Whether visitors see the change: it is public, or was until now."""
        stored = type(self).objects.filter(pk=self.pk, is_published=True)
        return self.episode.is_live() and (self.is_published or (not is_new and stored.exists()))
