"""Tagged copies: which tags went into audio files that are not stored here, so that everybody sees outdated ones."""

from django.db import models
from django.utils import timezone


class TaggedCopy(models.Model):
    """The file that was tagged last, which a person or another host keeps."""

    episode = models.OneToOneField("episodes.Episode", on_delete=models.CASCADE, related_name="tagged_copy")
    name = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=32)  # of the tags
    tagged_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
