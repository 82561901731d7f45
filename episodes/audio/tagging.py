"""An episode's tags go into its audio: that of a file in hand, or of the file that was uploaded."""

import io
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image

from episodes.audio.measuring import AudioRefused, measure
from episodes.audio.tagged_copies import TaggedCopy
from episodes.audio.tags import AudioTags, Tagging, fingerprint_in, write_tags
from episodes.notes.chapters import FeedChapter, find_chapters
from episodes.podcast import Podcast
from interaxion.content.files.limits import FileRefused
from interaxion.content.files.picture_reading import open_picture, still_of
from interaxion.content.paths import public_url
from interaxion.content.saving.storing import store

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

    from episodes.models import Episode

COVER_SIDE = 1000  # pixels: for a player, not for a directory


def tags_of(episode: "Episode") -> AudioTags:
    """What the audio of an episode says of itself, the same before it is published and after; but for the cover."""
    podcast = Podcast.current()
    artwork = episode.artwork or podcast.artwork
    is_whole = episode.number is not None and episode.number % 1 == 0 and episode.number >= 1
    return AudioTags(
        title=str(episode),
        number=episode.spelled_number if is_whole else "",
        artist=podcast.author or podcast.title,
        album=podcast.title,
        page_url=public_url(episode.published_path()),
        chapters=tuple(chapters_of(episode)),
        cover_name=artwork.name or "" if artwork else "",
    )


def chapters_of(episode: "Episode") -> list[FeedChapter]:
    """The chapters of an episode, with the addresses that they have once it is published."""
    return find_chapters(
        episode.outline,
        page_url=public_url(episode.published_path()),
        language=episode.language,
        seconds=episode.audio_seconds,
    )


def tag_file(episode: "Episode", source: Path, target: Path) -> Tagging:
    """Copy the MP3 at `source` to `target` with the episode's tags; nothing is there before it is whole.

    Raises AudioRefused for what an upload may not be either, and OSError where a file cannot be read or written.
    """
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".", suffix=".mp3", delete=False) as copy:
        made = Path(copy.name)
        try:
            with source.open("rb") as stream:
                if measure(stream, source.stat().st_size).type != "audio/mpeg":
                    raise AudioRefused(_("Only MP3 files can be tagged. For an M4A there are the chapters for ffmpeg."))
                shutil.copyfileobj(stream, copy)
            copy.close()
            tagging = write_tags(made, replace(tags_of(episode), cover=_cover_of(episode)))
            made.chmod(0o644)
            made.replace(target)
        finally:
            made.unlink(missing_ok=True)
    return tagging


def tag_uploaded_audio(episode: "Episode", *, user: "AbstractBaseUser | None") -> Tagging:
    """Let the uploaded file be one with the episode's tags. Raises ValidationError where it is no MP3 of ours."""
    if not episode.audio_file:
        raise ValidationError(_("There is no uploaded audio to tag."))
    with tempfile.TemporaryDirectory() as folder:
        original, tagged = Path(folder, "original.mp3"), Path(folder, "tagged.mp3")
        _copy_of_upload(episode, original)
        tagging = tag_file(episode, original, tagged)
        with tagged.open("rb") as stream:
            audio = measure(stream, tagged.stat().st_size)
            name = f"audio/{audio.name}"
            if not default_storage.exists(name):
                name = default_storage.save(name, File(stream))
    episode.audio_file = name
    episode.audio_bytes, episode.audio_type, episode.audio_seconds = audio.bytes, audio.type, audio.seconds
    store(episode, user=user, note=_("Tags written into the audio file"))
    return tagging


def remember_copy(episode: "Episode", target: Path) -> None:
    """The file at `target` has the episode's tags of now, wherever it goes from there."""
    values = {"name": target.name[:255], "fingerprint": tags_of(episode).fingerprint, "tagged_at": timezone.now()}
    TaggedCopy.objects.update_or_create(episode=episode, defaults=values)


def find_stale_copy(episode: "Episode") -> TaggedCopy | None:
    """The file tagged by command, where it says something else than the episode does now."""
    copy = TaggedCopy.objects.filter(episode=episode).first() if episode.pk else None
    return copy if copy and copy.fingerprint != tags_of(episode).fingerprint else None


def is_stale(episode: "Episode") -> bool:
    """Whether the uploaded file has tags from us that say something else than the episode does now."""
    if not episode.audio_file or not episode.audio_file.name.lower().endswith(".mp3"):
        return False
    try:
        with episode.audio_file.storage.open(episode.audio_file.name) as stream:
            found = fingerprint_in(stream)
    except OSError:
        return False
    return bool(found) and found != tags_of(episode).fingerprint


def _copy_of_upload(episode: "Episode", target: Path) -> None:
    try:
        with episode.audio_file.storage.open(episode.audio_file.name) as stream, target.open("wb") as copy:
            shutil.copyfileobj(stream, copy)
    except OSError as problem:
        raise ValidationError(_("The uploaded audio file is missing. Upload it again.")) from problem


def _cover_of(episode: "Episode") -> bytes:
    """The artwork as players take it: a small JPEG. Nothing where there is none, or its file is gone."""
    artwork = episode.artwork or Podcast.current().artwork
    if not artwork:
        return b""
    try:
        with artwork.storage.open(artwork.name) as stream:
            image = still_of(open_picture(stream.read())[0]).convert("RGB")
    except (FileRefused, OSError):
        return b""
    image.thumbnail((COVER_SIDE, COVER_SIDE), Image.Resampling.LANCZOS)
    made = io.BytesIO()
    image.save(made, "JPEG", quality=85)
    return made.getvalue()
