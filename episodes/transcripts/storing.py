"""store_transcript(): the only way a transcript is written, for the desk, importers and commands alike."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from episodes.models import Episode, Transcript
from interaxion.content.publishing.desk_settings import DeskSettings
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.publishing.window import Status
from interaxion.content.saving.storing import StaleVersion
from interaxion.text.transcripts.cues import Cue

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def store_transcript(transcript: Transcript, *, user: "AbstractBaseUser | None", note: str = "") -> bool:
    """Write `transcript` as a new version, with all that follows, in one transaction. Return whether it has changed.

    Its `version` is the one that was seen: 0 for the first one of an episode. A command or an import passes
    `user=None`. Raises StaleVersion if somebody else saved it since (optimistic locking), PermissionDenied, and
    ValidationError.
    """
    loaded_version = transcript.version
    try:
        with transaction.atomic():
            SiteState.lock()
            stored = Transcript.objects.select_for_update().filter(episode=transcript.episode).first()
            if (stored.version if stored else 0) != transcript.version:
                raise StaleVersion(f"{transcript} was saved by somebody else")
            if stored and stored.snapshot() == transcript.snapshot():
                return False
            transcript.full_clean(validate_unique=False)
            _demand_rights(transcript, stored, user)
            transcript.save(user=user, note=note)
    except BaseException:
        transcript.version = loaded_version
        raise
    return True


def transcript_of(episode: Episode) -> Transcript:
    """Return the transcript of an episode, or a new one, which is not stored yet."""
    stored = Transcript.objects.filter(episode=episode).first()
    return stored or Transcript(episode=episode, language=episode.language)


def stored_transcript(episode: Episode) -> Transcript | None:
    """Return the transcript, published or not; None if there is none, or an empty one."""
    return Transcript.objects.filter(episode=episode).exclude(cues=[]).first()


def cues_of(transcript: Transcript) -> list[Cue]:
    return [Cue(*row) for row in transcript.cues]


def as_rows(cues: Iterable[Cue]) -> Sequence[Sequence[object]]:
    """Return cues as `Transcript.cues` holds them. They come from a reader of transcripts, or from `settle()`."""
    return [[cue.start, cue.end, cue.text, cue.speaker] for cue in cues]


def _demand_rights(transcript: Transcript, stored: Transcript | None, user: "AbstractBaseUser | None") -> None:
    """Hosts edit it as they edit notes; whether visitors of something published see it is for editors."""
    episode = transcript.episode
    if user is None or (episode.status == Status.PUBLISHED and user.has_perm(episode.publish_permission)):
        return
    if not user.has_perm(episode.change_permission):
        raise PermissionDenied(_("You may not edit this episode."))
    if episode.status != Status.PUBLISHED:
        return
    was_published = bool(stored and stored.is_published)
    if transcript.is_published != was_published:
        raise PermissionDenied(_("The episode is published: only an editor decides whether its transcript is."))
    if was_published and not DeskSettings.current().hosts_may_edit_published:
        raise PermissionDenied(_("This is published: only an editor changes it."))
