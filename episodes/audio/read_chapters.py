"""The chapters in the ID3 tag of an MP3. No Django."""

from typing import IO

from mutagen import MutagenError
from mutagen.id3 import ID3

from episodes.notes.read_chapters import Mark


def chapters_in(file: IO[bytes]) -> list[Mark]:
    """Return the chapters, in the order of time; none without a tag that can be read."""
    try:
        frames = ID3(fileobj=file).getall("CHAP")
    except MutagenError:
        return []
    marks = [Mark(frame.start_time // 1000, str(frame.sub_frames.get("TIT2", "")).strip()) for frame in frames]
    return sorted(marks, key=lambda mark: mark.starts_at)
