"""Chapters as frames of an ID3v2.3 tag: a CHAP for each, and a CTOC with their order. No Django.

https://id3.org/id3v2-chapters-1.0
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from mutagen.id3 import APIC, CHAP, CTOC, ID3, TIT2, WXXX, CTOCFlags, PictureType

from episodes.notes.chapters import FeedChapter

UTF16 = 1  # the code of the one encoding of ID3v2.3 for Japanese
MOST_CHAPTERS = 255  # a CTOC counts them in one byte
TABLE = "interaxion"  # the name of our CTOC
HEADER = 10  # bytes, of the tag and of each frame


def chapter_frames(chapters: Sequence[FeedChapter], length: int, pictures: Mapping[str, bytes]) -> list[object]:
    """Return the frames of `chapters` in audio of `length` milliseconds; none if there are no chapters.

    `pictures` are JPEGs by the address of a chapter's picture.
    """
    if not chapters:
        return []
    names = [f"chp{place}" for place in range(len(chapters))]
    ends = [chapter.starts_at * 1000 for chapter in chapters[1:]] + [length]
    table = CTOC(TABLE, CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED, names, [])
    return [table] + [
        CHAP(
            name,
            chapter.starts_at * 1000,
            end,
            0xFFFFFFFF,  # no offset in bytes: the times count
            0xFFFFFFFF,
            [
                TIT2(UTF16, [chapter.title]),
                WXXX(UTF16, desc="", url=chapter.url),
                *_picture_frames(pictures.get(chapter.picture)),
            ],
        )
        for name, chapter, end in zip(names, chapters, ends, strict=True)
    ]


def _picture_frames(picture: bytes | None) -> list[APIC]:
    return [APIC(UTF16, "image/jpeg", PictureType.OTHER, "", picture)] if picture else []


def remove_chapters(id3: ID3) -> None:
    for name in ("CHAP", "CTOC"):
        id3.delall(name)


def are_chapters_ours(id3: ID3) -> bool:
    """Whether the chapters were written by us."""
    return f"CTOC:{TABLE}" in id3


def sort_chapters(path: Path) -> None:
    """Put the CHAP frames of the file at `path`, which has an ID3v2.3 tag, into the order of time.

    mutagen writes frames in the order of their size, and many apps list chapters in the order of the file.
    """
    with path.open("r+b") as file:
        header = file.read(HEADER)
        tag = file.read(_synchsafe(header[6:10]))
        frames = list(_frames(tag))
        in_time = iter(sorted((frame for frame in frames if frame.startswith(b"CHAP")), key=_starts_at))
        file.seek(HEADER)
        file.write(b"".join(next(in_time) if frame.startswith(b"CHAP") else frame for frame in frames))


def _frames(tag: bytes) -> Iterator[bytes]:
    """Yield each whole frame, up to the padding. https://id3.org/id3v2.3.0#ID3v2_frame_overview"""
    at = 0
    while at + HEADER <= len(tag) and tag[at]:
        end = at + HEADER + int.from_bytes(tag[at + 4 : at + 8], "big")
        yield tag[at:end]
        at = end


def _starts_at(frame: bytes) -> int:
    """Return the start of a CHAP frame in milliseconds; it follows the name, which ends with a zero byte."""
    (milliseconds,) = struct.unpack_from(">I", frame, frame.index(0, HEADER) + 1)
    return int(milliseconds)


def _synchsafe(size: bytes) -> int:
    """Decode a synchsafe integer: only seven bits of each byte count."""
    return sum(byte << 7 * place for place, byte in enumerate(reversed(size)))
