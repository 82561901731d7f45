"""Chapters in the formats of audio editors: Audacity's labels and ffmpeg's metadata. No Django.

Audacity: https://manual.audacityteam.org/man/importing_and_exporting_labels.html
ffmpeg: https://ffmpeg.org/ffmpeg-formats.html#Metadata-2
"""

import re
from collections.abc import Mapping, Sequence

from episodes.notes.chapters import FeedChapter


def audacity_labels(chapters: Sequence[FeedChapter]) -> str:
    """Return a line for each chapter: start and end in seconds, and the title, with tabs between.

    The last chapter has no length if its end is unknown.
    """
    return "".join(
        f"{chapter.starts_at:.6f}\t{_end(chapter):.6f}\t{' '.join(chapter.title.split())}\n" for chapter in chapters
    )


def ffmetadata(chapters: Sequence[FeedChapter], tags: Mapping[str, str]) -> str:
    """Return a file for `ffmpeg -i IN -f ffmetadata -i THIS -map_metadata 1 -codec copy OUT`, without empty tags."""
    lines = [";FFMETADATA1", *(f"{name}={_escape(text)}" for name, text in tags.items() if text)]
    for chapter in chapters:
        lines += [
            "[CHAPTER]",
            "TIMEBASE=1/1000",
            f"START={chapter.starts_at * 1000}",
            f"END={_end(chapter) * 1000}",
            f"title={_escape(chapter.title)}",
        ]
    return "\n".join(lines) + "\n"


def _end(chapter: FeedChapter) -> int:
    return chapter.starts_at if chapter.ends_at is None else chapter.ends_at


def _escape(text: str) -> str:
    return re.sub(r"([=;#\\])", r"\\\1", " ".join(text.split()))
