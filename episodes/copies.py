"""What was taken to another place last, and by whom, so that everybody sees the changes since.

Mostly short notes; for files it is their name, which changes with their content.
"""

import re
from difflib import unified_diff

from django.conf import settings
from django.db import models
from django.utils import timezone

_LINE_ENDS = re.compile(r"\n|(?<=</li>)|(?<=<ul>)")


class CopiedNotes(models.Model):
    episode = models.ForeignKey("episodes.Episode", on_delete=models.CASCADE, related_name="copied_notes")
    profile = models.CharField(max_length=20)
    text = models.TextField()
    copied_at = models.DateTimeField(default=timezone.now)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["episode", "profile"], name="episodes_copiednotes_once")]

    def __str__(self) -> str:
        return f"{self.episode_id} {self.profile}"

    def changes_to(self, text: str) -> list[tuple[str, str]]:
        """Return a diff: the lines and list items that were added ("+") and removed ("-") since."""
        before, after = ([line for line in _LINE_ENDS.split(version) if line] for version in (self.text, text))
        lines = [*unified_diff(before, after, n=0, lineterm="")][2:]  # without the names of files
        return [(line[0], line[1:]) for line in lines if line[0] in "+-"]


class TaggedCopy(models.Model):
    """The audio file that was tagged last, which is not stored here: a person or another host keeps it."""

    episode = models.OneToOneField("episodes.Episode", on_delete=models.CASCADE, related_name="tagged_copy")
    name = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=32)  # of the tags
    tagged_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
