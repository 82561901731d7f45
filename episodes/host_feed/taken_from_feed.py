"""The fields of an episode before `import_feed` replaced them, so that they can be given back."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.utils import timezone

from interaxion.content.publishing.window import Status

#: The fields that an episode takes from its item, in the order in which they are reported.
TAKEN = ("guid", "audio_url", "audio_bytes", "audio_type", "audio_seconds", "publish_at")
#: The fields of the audio file: they are taken together and given back together.
OF_AUDIO = ("audio_url", "audio_bytes", "audio_type", "audio_seconds")
#: The fields of the player, which are taken only where there is none.
OF_PLAYER = ("player_provider", "player_id")


class TakenFromFeed(models.Model):
    """All runs for one episode: each field as it was before the first one, and as the last one left it."""

    episode = models.OneToOneField("episodes.Episode", on_delete=models.CASCADE, related_name="taken_from_feed")
    before = models.JSONField(default=dict)
    taken = models.JSONField(default=dict)
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.episode_id} {', '.join(self.taken)}"

    def note(self, before: Mapping[str, Any], taken: Mapping[str, Any]) -> None:
        """Remember one run. If a person has changed a field since the last run, that value is the one to give back."""
        for name, value in taken.items():
            if name not in self.before or self.taken[name] != as_data(before[name]):
                self.before[name] = as_data(before[name])
            self.taken[name] = as_data(value)
        self.taken_at = timezone.now()

    def to_give_back(self) -> dict[str, Any]:
        """Return the old values, except of fields changed since, and except a date that would hide the episode."""
        field = self.episode._meta.get_field
        back = {name: field(name).to_python(value) for name, value in self.before.items()}
        changed = {name for name in self.taken if as_data(getattr(self.episode, name)) != self.taken[name]}
        for together in (OF_AUDIO, OF_PLAYER):
            if changed & {*together}:
                changed |= {*together}
        date = back.get("publish_at", self.episode.publish_at)
        is_public = self.episode.status == Status.PUBLISHED
        if (is_public and date is None) or (date and date > timezone.now() and self.episode.is_live()):
            changed.add("publish_at")
        return {name: value for name, value in back.items() if name not in changed}


def as_data(value: Any) -> Any:
    """Return a value of a field as JSON can hold it."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
