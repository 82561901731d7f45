"""Chapters and tags in an M4A: ffmpeg writes the chapters, mutagen the rest. The sound is copied, and compared.

Chapters of an MP4 are a text track of their own, which mutagen does not write. Without ffmpeg an M4A stays untagged.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _
from mutagen import MutagenError
from mutagen.mp4 import MP4, MP4Cover

from episodes.audio.ffmpeg import FfmpegFailed, find_ffmpeg, reading, run_ffmpeg
from episodes.audio.measuring import AudioRefused
from episodes.audio.tags import AudioTags, Tagging
from episodes.notes.chapter_files import ffmetadata
from episodes.notes.chapters import FeedChapter
from interaxion.content.languages import in_a_row
from interaxion.text.times import spell_time

#: The atom that holds the fingerprint of the tags.
MARK = "----:org.interaxion:tags"
SECONDS = 600
#: iTunes' names of title, artist, album, genre, and of the address of the page.
TITLE, ARTIST, ALBUM, GENRE, PAGE = "\xa9nam", "\xa9ART", "\xa9alb", "\xa9gen", "purl"


def write_m4a(source: Path, target: Path, tags: AudioTags) -> Tagging:
    """Write a copy of the M4A at `source` with these tags to `target`. Raises AudioRefused.

    Like `write_tags()` for an MP3: what `tags` do not say stays, and so do the chapters if there are no others.
    """
    if not find_ffmpeg():
        raise AudioRefused(_("Only MP3 files can be tagged. For an M4A there are the chapters for ffmpeg."))
    info = MP4(source).info
    seconds = info.length if info else 0.0
    chapters = [chapter for chapter in tags.chapters if chapter.starts_at < seconds]
    _copy(source, target, _with_end(chapters, round(seconds)))
    if _sound_of(source) != _sound_of(target):
        raise AudioRefused(_("The sound would not stay as it is: the file is not tagged. Export it again as M4A."))
    _write_atoms(source, target, tags)
    past_end = [spell_time(chapter.starts_at) for chapter in tags.chapters[len(chapters) :]]
    message = _("Chapters after the end of the audio were left out: %(times)s.")
    return Tagging(chapters, [message % {"times": in_a_row(past_end)}] if past_end else [])


def fingerprint_in(stream: IO[bytes]) -> str:
    """Return the fingerprint of the tags that we wrote into the file; "" if we wrote none."""
    try:
        tags = MP4(stream).tags or {}
    except (MutagenError, EOFError, ValueError):
        return ""
    return bytes(tags[MARK][0]).decode() if tags.get(MARK) else ""


def _copy(source: Path, target: Path, chapters: Sequence[FeedChapter]) -> None:
    """Copy the streams of sound and cover, with these chapters, or those of the file if there are none."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as metadata:
        metadata.write(ffmetadata(chapters, {}))
        metadata.flush()
        _run(
            *("-v", "error", "-y", *reading(source, "mov"), "-f", "ffmetadata", "-i", metadata.name),
            *("-map", "0:a", "-map_metadata", "0", "-map_chapters", "1" if chapters else "0"),
            *("-codec", "copy", "-movflags", "+faststart", "-f", "ipod", str(target)),
        )


def _sound_of(path: Path) -> str:
    """Return a hash of the packets of sound."""
    streams = reading(path, "mov", protocols="file,pipe")
    return _run("-v", "error", *streams, "-map", "0:a", "-codec", "copy", "-f", "hash", "-")


def _run(*arguments: str) -> str:
    try:
        output, _log = run_ffmpeg(*arguments, seconds=SECONDS)
    except FfmpegFailed as problem:
        raise AudioRefused(_("ffmpeg cannot read this audio file. Export it again as M4A.")) from problem
    return output


def _write_atoms(source: Path, target: Path, tags: AudioTags) -> None:
    """Give the copy all atoms of the original, and ours; ffmpeg copies only those that it knows."""
    audio, written = MP4(target), dict[str, Any](MP4(source).tags or {})
    written.pop("trkn", None)  # 19.5 cannot be a track number, and an old one would be wrong
    written |= {TITLE: [tags.title], GENRE: ["Podcast"], PAGE: [tags.page_url], MARK: [tags.fingerprint.encode()]}
    written |= {name: [text] for name, text in ((ARTIST, tags.artist), (ALBUM, tags.album)) if text}
    if tags.number:
        written["trkn"] = [(int(tags.number), 0)]
    if tags.cover:
        written["covr"] = [MP4Cover(tags.cover, MP4Cover.FORMAT_JPEG)]
    for name, value in written.items():
        audio[name] = value
    audio.save()


def _with_end(chapters: Sequence[FeedChapter], seconds: int) -> list[FeedChapter]:
    """Return the chapters with the end of the last one, which a file must know."""
    return [*chapters[:-1], replace(chapters[-1], ends_at=seconds)] if chapters else []
