"""SubRip, which has no specification: https://en.wikipedia.org/wiki/SubRip. Speakers are words before a colon."""

import re
from collections.abc import Iterable

from interaxion.text.transcripts.clock import spell_stamp
from interaxion.text.transcripts.cues import Cue, CueReader, Transcription
from interaxion.text.transcripts.timed_blocks import ARROW, read_blocks, split_lines

#: Styles, and places on the picture.
_TAG = re.compile(r"</?(?:b|i|u|s|font)(?:\s[^<>]*)?>|\{\\an?\d+\}", re.IGNORECASE)


def read_srt(text: str, file: str = "") -> Transcription:
    """Read SubRip. Who speaks is found by `take_labels()`. Raises SourceError."""
    reader = CueReader(file)
    for block in read_blocks(file, split_lines(text), gaps=True):
        reader.add(block.line, block.start, block.end, _TAG.sub("", "\n".join(block.lines)))
    return reader.finish()


def write_srt(cues: Iterable[Cue]) -> str:
    return "\n".join(
        f"{number}\n{spell_stamp(cue.start, ',')} {ARROW} {spell_stamp(cue.end, ',')}\n{_label(cue)}{cue.text}\n"
        for number, cue in enumerate(cues, start=1)
    )


def _label(cue: Cue) -> str:
    return f"{cue.speaker}: " if cue.speaker else ""
