"""ID3 tags in an MP3: title, number, artist, album, cover and chapters. The audio itself is not touched. Pure.

https://id3.org/id3v2.3.0, and its chapters: https://id3.org/id3v2-chapters-1.0
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from mutagen import MutagenError
from mutagen.id3 import (
    APIC,
    CHAP,
    CTOC,
    ID3,
    TALB,
    TCON,
    TIT2,
    TPE1,
    TRCK,
    TXXX,
    WOAF,
    WXXX,
    CTOCFlags,
    ID3NoHeaderError,
    PictureType,
)
from mutagen.mp3 import MP3

from episodes.chapters import Chapter

#: Rises when the same episode would be tagged differently.
TAGS_VERSION = 1
#: Where the file says which tags it has: the description of a TXXX frame.
MARK = "Interaxion tags"
UTF16 = 1  # the encoding that ID3v2.3 has for Japanese
MOST_CHAPTERS = 255  # a CTOC counts them in one byte
#: What is replaced; whatever else the file has stays.
REPLACED = ("TIT2", "TPE1", "TALB", "TRCK", "TCON", "WOAF", "APIC", "CHAP", "CTOC", f"TXXX:{MARK}")


class NotAnMP3(ValueError):
    """There is no MP3 in the file that could be tagged."""


@dataclass(frozen=True)
class AudioTags:
    title: str
    number: str  # whole, or empty: a track has no decimals
    artist: str
    album: str
    page_url: str
    chapters: tuple[Chapter, ...]
    cover_name: str = ""  # changes when the picture does
    cover: bytes = b""  # a JPEG

    @property
    def fingerprint(self) -> str:
        """The same for tags that say the same."""
        said = asdict(replace(self, cover=b"", chapters=())) | {
            "cover": self.cover_name,
            "chapters": [(c.starts_at, c.title, c.url) for c in self.chapters],
            "version": TAGS_VERSION,
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]


def write_tags(path: Path, tags: AudioTags) -> list[Chapter]:
    """Tag the MP3 at `path`. Returns the chapters written: one that starts after the end of the audio is none.

    Raises NotAnMP3.
    """
    try:
        audio = MP3(path)
        length = round(audio.info.length * 1000) if audio.info else 0
    except (MutagenError, EOFError) as problem:
        raise NotAnMP3(_why_not(path)) from problem
    id3 = audio.tags if audio.tags is not None else ID3()
    for name in REPLACED:
        id3.delall(name)
    chapters = [chapter for chapter in tags.chapters if chapter.starts_at * 1000 < length][:MOST_CHAPTERS]
    for frame in [*_head(tags), *_chapter_frames(chapters, length)]:
        id3.add(frame)
    id3.update_to_v23()
    id3.save(path, v2_version=3)
    return chapters


def _why_not(path: Path) -> str:
    """An M4A could hold chapters, but no library of ours writes them."""
    with path.open("rb") as stream:
        is_m4a = stream.read(8)[4:] == b"ftyp"
    if is_m4a:
        return "it is an M4A, and only an MP3 can be tagged; ffmpeg writes the chapters that the admin gives for it"
    return "there is no MP3 in it that can be read"


def fingerprint_in(path: Path) -> str:
    """The fingerprint of the tags that the file has from us, or nothing."""
    try:
        frames = ID3(path).getall(f"TXXX:{MARK}")
    except (ID3NoHeaderError, MutagenError, EOFError):
        return ""
    return str(frames[0].text[0]) if frames and frames[0].text else ""


def _head(tags: AudioTags) -> list[object]:
    frames: list[object] = [
        TIT2(UTF16, [tags.title]),
        TPE1(UTF16, [tags.artist]),
        TALB(UTF16, [tags.album]),
        TCON(UTF16, ["Podcast"]),
        WOAF(url=tags.page_url),
        TXXX(UTF16, desc=MARK, text=[tags.fingerprint]),
    ]
    if tags.number:
        frames.append(TRCK(UTF16, [tags.number]))
    if tags.cover:
        frames.append(APIC(UTF16, "image/jpeg", PictureType.COVER_FRONT, "", tags.cover))
    return frames


def _chapter_frames(chapters: Sequence[Chapter], length: int) -> list[object]:
    """A CHAP each, and the table that says their order. Times are in milliseconds."""
    if not chapters:
        return []
    names = [f"chp{place}" for place in range(len(chapters))]
    ends = [chapter.starts_at * 1000 for chapter in chapters[1:]] + [length]
    table = CTOC("toc", CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED, names, [])
    return [table] + [
        CHAP(
            name,
            chapter.starts_at * 1000,
            end,
            0xFFFFFFFF,  # no place in bytes: the times count
            0xFFFFFFFF,
            [TIT2(UTF16, [chapter.title]), WXXX(UTF16, desc="", url=chapter.url)],
        )
        for name, chapter, end in zip(names, chapters, ends, strict=True)
    ]
