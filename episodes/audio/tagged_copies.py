"""Which tags an audio file got that we do not have: so that everybody sees when they say something old."""

from django.db import models
from django.utils import timezone


class TaggedCopy(models.Model):
    """The file that was tagged last, as somebody keeps it or another host has it."""

    episode = models.OneToOneField("episodes.Episode", on_delete=models.CASCADE, related_name="tagged_copy")
    name = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=32)  # of the tags
    tagged_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
