"""ID3 tags in an MP3: title, number, artist, album, cover and chapters. The audio itself is not touched.

https://id3.org/id3v2.3.0, and its chapters: https://id3.org/id3v2-chapters-1.0
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from django.utils.translation import gettext as _
from mutagen import MutagenError
from mutagen.id3 import APIC, ID3, TALB, TCON, TIT2, TPE1, TRCK, TXXX, WOAF, Frame, ID3NoHeaderError, PictureType
from mutagen.mp3 import MP3

from episodes.audio.chapter_frames import (
    MOST_CHAPTERS,
    UTF16,
    are_chapters_ours,
    chapter_frames,
    remove_chapters,
    sort_chapters,
)
from episodes.audio.old_tags import has_id3v1, remove_from_ape
from episodes.notes.chapters import FeedChapter
from interaxion.content.languages import in_a_row
from interaxion.text.times import spell_time

#: Part of the fingerprint. Raise it if the same episode is tagged differently from now on.
TAGS_VERSION = 2
#: The description of the TXXX frame that holds the fingerprint of the tags.
MARK = "Interaxion tags"
#: Frames of ID3v2.4 that have another name in ID3v2.3.
RENAMED = {"TDRC", "TDOR", "TIPL", "TMCL"}


@dataclass(frozen=True)
class AudioTags:
    title: str
    number: str  # whole, or empty: a track has no decimals
    artist: str
    album: str
    page_url: str
    chapters: tuple[FeedChapter, ...]
    cover_name: str = ""  # changes when the picture does
    cover: bytes = b""  # a JPEG
    pictures: Mapping[str, bytes] = field(default_factory=dict)  # JPEGs, by the address of a chapter's picture

    @property
    def fingerprint(self) -> str:
        """A hash that is the same for tags with the same content."""
        content = asdict(replace(self, cover=b"", chapters=(), pictures={})) | {
            "cover": self.cover_name,
            "chapters": [(c.starts_at, c.title, c.url, *([c.picture] if c.picture else [])) for c in self.chapters],
            "version": TAGS_VERSION,
        }
        del content["pictures"]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Tagging:
    """The result of tagging: the chapters that were written, and a sentence for each thing that was left out."""

    chapters: list[FeedChapter]
    losses: list[str]


def write_tags(path: Path, tags: AudioTags) -> Tagging:
    """Tag the MP3 at `path`. Replaces only what `tags` say too, and removes what would contradict them."""
    audio = MP3(path, translate=False)
    length = round(audio.info.length * 1000) if audio.info else 0
    had_id3v1 = has_id3v1(path)
    id3 = audio.tags if audio.tags is not None else ID3()
    losses = _downgrade(id3)
    within = [chapter for chapter in tags.chapters if chapter.starts_at * 1000 < length]
    chapters = within[:MOST_CHAPTERS]
    losses += _chapters_left_out(tags.chapters[len(within) :], within[MOST_CHAPTERS:])
    if chapters or are_chapters_ours(id3):
        remove_chapters(id3)
    id3.delall("TRCK")  # 19.5 cannot be a track number, and an old one would be wrong
    for frame in [*_text_frames(tags), *chapter_frames(chapters, length, tags.pictures)]:
        id3.add(frame)
    if tags.cover:
        _replace_cover(id3, tags.cover)
    id3.save(path, v1=0, v2_version=3)
    sort_chapters(path)
    if had_id3v1:
        losses.append(_("The old ID3v1 tag was removed: it has no room for Japanese titles."))
    return Tagging(chapters, losses + remove_from_ape(path, has_cover=bool(tags.cover)))


def _chapters_left_out(past_end: Sequence[FeedChapter], past_limit: Sequence[FeedChapter]) -> list[str]:
    losses = []
    if past_end:
        times = in_a_row(spell_time(chapter.starts_at) for chapter in past_end)
        losses.append(_("Chapters after the end of the audio were left out: %(times)s.") % {"times": times})
    if past_limit:
        values = {"most": MOST_CHAPTERS, "time": spell_time(past_limit[0].starts_at)}
        losses.append(_("An MP3 holds %(most)d chapters: those from %(time)s on were left out.") % values)
    return losses


def _downgrade(id3: ID3) -> list[str]:
    """Make the tag ID3v2.3, which every player reads. Returns a sentence about lost frames, in a list, if any."""
    unknown = [bytes(frame[:4]).decode("latin-1") for frame in id3.unknown_frames] if id3.version[:2] != (2, 3) else []
    before = {frame.FrameID for frame in id3.values()}
    id3.update_to_v23()
    lost = before - {frame.FrameID for frame in id3.values()} - RENAMED
    names = in_a_row(sorted({*lost, *unknown}))
    return [_("Frames that ID3v2.3 does not have were left out: %(names)s.") % {"names": names}] if names else []


def _replace_cover(id3: ID3, cover: bytes) -> None:
    """Put the front cover first, because some players show the first picture; all other pictures stay."""
    others = [picture for picture in id3.getall("APIC") if picture.type != PictureType.COVER_FRONT]
    id3.delall("APIC")
    description = ""
    while description in {picture.desc for picture in others}:
        description += " "  # no two pictures may have the same description
    for picture in [APIC(UTF16, "image/jpeg", PictureType.COVER_FRONT, description, cover), *others]:
        id3.add(picture)


def fingerprint_in(path: Path) -> str:
    """Return the fingerprint of the tags that we wrote into the file; "" if we wrote none."""
    try:
        frames = ID3(path).getall(f"TXXX:{MARK}")
    except (ID3NoHeaderError, MutagenError, EOFError):
        return ""
    return str(frames[0].text[0]) if frames and frames[0].text else ""


def _text_frames(tags: AudioTags) -> list[Frame]:
    """Return the frames for everything but cover and chapters; empty fields get none."""
    frames = [TIT2(UTF16, [tags.title]), TCON(UTF16, ["Podcast"]), WOAF(url=tags.page_url)]
    frames.append(TXXX(UTF16, desc=MARK, text=[tags.fingerprint]))
    for kind, text in ((TPE1, tags.artist), (TALB, tags.album), (TRCK, tags.number)):
        if text:
            frames.append(kind(UTF16, [text]))
    return frames
