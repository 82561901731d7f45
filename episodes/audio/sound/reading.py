"""Reading what is known of the sound of an episode: for its pages, its form and the checks."""

from typing import Any

from django.db.models import QuerySet

from episodes.audio.sound.sound import Sound
from interaxion.content.owned_rows import owner_of
from interaxion.content.prepared import Prepared


def find_sound(episode: Any) -> Sound | None:
    """Return what is known of the audio of an episode if it is uploaded here, measured or not; else None."""
    file = episode.audio_file.name if episode.pk and not episode.audio_url else ""
    return _find.first(*owner_of(episode), file) if file else None


@Prepared
def _find(content_type: int, pk: int, file: str) -> QuerySet[Sound]:
    return Sound.objects.filter(content_type=content_type, object_id=pk, file=file)
