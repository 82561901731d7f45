"""Writing an episode's tags into its audio: into a copy of any file, or into the uploaded file."""

import io
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image

from episodes.audio import m4a
from episodes.audio.m4a import write_m4a
from episodes.audio.measuring import measure
from episodes.audio.on_disk import on_disk
from episodes.audio.tags import AudioTags, Tagging, fingerprint_in, write_tags
from episodes.copies import TaggedCopy
from episodes.models import Episode
from episodes.notes.chapters import FeedChapter, find_chapters
from episodes.podcast import Podcast
from interaxion.content.files.limits import FileRefused
from interaxion.content.files.picture_reading import open_picture, still_of
from interaxion.content.paths import public_url
from interaxion.content.prepared import Prepared
from interaxion.content.saving.storing import store

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

#: The reader of the fingerprint of our tags, by the suffix of the file.
FINGERPRINTS: dict[str, Callable[[Any], str]] = {".mp3": fingerprint_in, ".m4a": m4a.fingerprint_in}
COVER_SIDE = 1000  # pixels: for a player, not for a directory
PICTURE_SIDE = 600  # pixels, of a chapter's picture: a file may have a hundred of them


def tags_of(episode: Episode) -> AudioTags:
    """Return the tags of an episode, without the picture of the cover; they do not change when it is published."""
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


def chapters_of(episode: Episode) -> list[FeedChapter]:
    """Return the chapters of an episode, with the addresses that they have once it is published."""
    return find_chapters(
        episode.outline,
        page_url=public_url(episode.published_path()),
        language=episode.language,
        seconds=episode.audio_seconds,
        html=episode.html,
    )


def tag_file(episode: Episode, source: Path, target: Path) -> Tagging:
    """Copy the audio at `source` to `target` with the episode's tags; `target` is replaced only by the complete file.

    Raises AudioRefused for audio that cannot be uploaded either, or an M4A without ffmpeg, and OSError if reading or
    writing fails.
    """
    tags = tags_of(episode)
    tags = replace(tags, cover=_cover_of(episode), pictures=_pictures_of(tags.chapters))
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".", suffix=source.suffix, delete=False) as copy:
        temporary = Path(copy.name)
        try:
            with source.open("rb") as stream:
                is_mp3 = measure(stream, source.stat().st_size).type == "audio/mpeg"
                if is_mp3:
                    shutil.copyfileobj(stream, copy)
            copy.close()
            tagging = write_tags(temporary, tags) if is_mp3 else write_m4a(source, temporary, tags)
            temporary.chmod(0o644)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    return tagging


def tag_uploaded_audio(episode: Episode, *, user: "AbstractBaseUser | None") -> Tagging:
    """Replace the uploaded file by one with the episode's tags. Raises ValidationError if it cannot be tagged."""
    if not episode.audio_file:
        raise ValidationError(_("There is no uploaded audio to tag."))
    with tempfile.TemporaryDirectory() as folder, on_disk(episode.audio_file) as original:
        tagged = Path(folder, f"tagged{original.suffix}")
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


def remember_copy(episode: Episode, target: Path) -> None:
    """Remember that the file at `target` has the present tags of the episode, wherever it is uploaded."""
    values = {"name": target.name[:255], "fingerprint": tags_of(episode).fingerprint, "tagged_at": timezone.now()}
    TaggedCopy.objects.update_or_create(episode=episode, defaults=values)


def find_stale_copy(episode: Episode) -> TaggedCopy | None:
    """Return the copy that was tagged last, if its tags differ from the present ones; else None."""
    copy = _copy_of.first(episode.pk) if episode.pk else None
    return copy if copy and copy.fingerprint != tags_of(episode).fingerprint else None


@Prepared  # every save and preview asks
def _copy_of(episode: int) -> QuerySet[TaggedCopy]:
    return TaggedCopy.objects.filter(episode=episode)


def is_stale(episode: Episode) -> bool:
    """Whether the uploaded file has tags written by us that differ from the present ones."""
    read = FINGERPRINTS.get(Path(episode.audio_file.name).suffix.lower()) if episode.audio_file else None
    if read is None:
        return False
    try:
        with episode.audio_file.storage.open(episode.audio_file.name) as stream:
            found = read(stream)
    except OSError:
        return False
    return bool(found) and found != tags_of(episode).fingerprint


def _cover_of(episode: Episode) -> bytes:
    """Return the artwork as a JPEG of at most COVER_SIDE pixels; b"" if there is none, or its file is missing."""
    artwork = episode.artwork or Podcast.current().artwork
    return _jpeg_of(artwork.name or "", COVER_SIDE) if artwork else b""


def _pictures_of(chapters: Iterable[FeedChapter]) -> dict[str, bytes]:
    """Return the pictures of chapters that are in our media, as JPEGs by their addresses."""
    media = public_url(settings.MEDIA_URL)
    ours = {chapter.picture for chapter in chapters if chapter.picture.startswith(media)}
    found = {address: _jpeg_of(unquote(address.removeprefix(media)), PICTURE_SIDE) for address in ours}
    return {address: picture for address, picture in found.items() if picture}


def _jpeg_of(name: str, side: int) -> bytes:
    """Return a stored picture as a JPEG of at most `side` pixels; b"" if it is missing, or no picture of pixels."""
    try:
        with default_storage.open(name) as stream:
            image = still_of(open_picture(stream.read())[0]).convert("RGB")
    except (FileRefused, OSError, SuspiciousOperation):
        return b""
    image.thumbnail((side, side), Image.Resampling.LANCZOS)
    output = io.BytesIO()
    image.save(output, "JPEG", quality=85)
    return output.getvalue()
