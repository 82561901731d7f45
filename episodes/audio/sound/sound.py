"""`Sound`: what is known of how the uploaded audio of an episode sounds."""

from typing import Self

from django.db import models

from interaxion.content.owned_rows import OwnedQuerySet, owned_by
from interaxion.content.publishing.derived_rows import Derived, Rewrite

#: The kind of content that has audio; named, since its module imports this one.
EPISODE = "episodes.episode"


class SoundQuerySet(OwnedQuerySet):
    def waiting(self) -> Self:
        return self.filter(asked_at=None)


class Sound(Derived):
    """How the uploaded audio of an episode sounds. `store()` makes the row, a job fills it in."""

    #: The name of the stored file, which is a hash: another file is measured anew.
    file = models.CharField(max_length=300)
    #: When the job was queued that measures it; None: there was no ffmpeg yet.
    asked_at = models.DateTimeField(null=True)
    #: None: not measured, or not yet. So are all fields below, which are filled in together.
    measured_at = models.DateTimeField(null=True)
    #: Integrated loudness in LUFS.
    loudness = models.FloatField(null=True)
    #: True peak in dBTP.
    peak = models.FloatField(null=True)
    #: Seconds before the first sound, and after the last one.
    silence_before = models.FloatField(null=True)
    silence_after = models.FloatField(null=True)
    channels = models.PositiveSmallIntegerField(null=True)
    bit_rate = models.PositiveIntegerField(null=True)  # bits in a second
    #: How loud each of equal stretches is, from 0 to 255: see `outline.py`.
    outline = models.BinaryField(default=b"")

    objects = SoundQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="episodes_sound_once"),
        ]
        indexes = [models.Index(fields=["id"], condition=models.Q(asked_at=None), name="episodes_sound_waiting")]

    def __str__(self) -> str:
        return self.file

    @classmethod
    def rewrite(cls, rewrite: Rewrite) -> None:
        """Make a row if the episode has another uploaded file than before. A row of an old file says nothing more."""
        thing = rewrite.thing
        if thing._meta.label_lower != EPISODE or not (file := thing.audio_file.name) or thing.audio_url:
            return
        known = cls.objects.of(thing)
        if rewrite.is_new or not known.filter(file=file).exists():
            known.delete()
            cls.objects.create(**owned_by(thing), file=file)
