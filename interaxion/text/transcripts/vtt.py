"""WebVTT, the form in which transcripts are stored: https://www.w3.org/TR/webvtt1/."""

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape

from interaxion.text.source_errors import Note, gettext_noop
from interaxion.text.transcripts.clock import spell_stamp
from interaxion.text.transcripts.cues import Cue, CueReader, Transcription
from interaxion.text.transcripts.timed_blocks import ARROW, read_blocks, split_lines

#: A tag of the cue's text: voices, classes, ruby, times of single words. None of them holds another.
_TAG = re.compile(r"</?(?P<name>[a-z]*)(?:\.[^\s<>]*)?(?:\s(?P<words>[^<>]*))?>|<[\d:.]+>", re.IGNORECASE)
_OTHER_BLOCKS = ("NOTE", "STYLE", "REGION")
_HEADER = re.compile(r"WEBVTT(?:[ \t].*)?")


def read_vtt(text: str, file: str = "") -> Transcription:
    """Read WebVTT. Raises SourceError."""
    reader, lines = CueReader(file), split_lines(text)
    if not _HEADER.fullmatch(lines[0].rstrip()):
        reader.refuse(1, gettext_noop("the file does not begin with WEBVTT"), gettext_noop("write it in line 1"))
    for block in read_blocks(file, _only_cues(reader, lines), 1):
        for speaker, words in _voices("\n".join(block.lines)):
            reader.add(block.line, block.start, block.end, words, speaker)
    return reader.finish()


def write_vtt(cues: Iterable[Cue]) -> str:
    """Write WebVTT; `read_vtt()` reads the same cues from it."""
    return "WEBVTT\n" + "".join(
        f"\n{spell_stamp(cue.start)} {ARROW} {spell_stamp(cue.end)}\n{_voice(cue)}{_escape(cue.text)}\n" for cue in cues
    )


def _only_cues(reader: CueReader, lines: list[str]) -> list[str]:
    """Return the lines with empty ones in place of the header and of blocks that are no cues."""
    result: list[str] = []
    is_left_out, left_out = True, 0
    for number, line in enumerate(lines, start=1):
        begins = not is_left_out and (number == 1 or not result[-1]) and line.split(" ")[0].rstrip() in _OTHER_BLOCKS
        if begins and ARROW not in line:
            is_left_out, left_out = True, left_out or number
        result.append("" if is_left_out and line.strip() and ARROW not in line else line.rstrip())
        is_left_out = is_left_out and bool(line.strip()) and ARROW not in line
    if left_out:
        message = gettext_noop("remarks and styles (NOTE, STYLE, REGION) are no part of what was said: left out")
        reader.notes.append(Note(left_out, message))
    return result


def _voices(text: str) -> Iterator[tuple[str, str]]:
    """Yield the speaker and the words of each voice of a cue."""
    speaker, words, end = "", "", 0
    for tag in _TAG.finditer(text):
        words += text[end : tag.start()]
        end = tag.end()
        name, is_end = (tag["name"] or "").lower(), tag[0].startswith("</")
        if name == "v":
            yield speaker, unescape(words)
            speaker, words = "" if is_end else unescape(tag["words"] or ""), ""
        elif name == "rt":  # the reading above a word
            words += "）" if is_end else "（"
    yield speaker, unescape(words + text[end:])


def _voice(cue: Cue) -> str:
    return f"<v {_escape(cue.speaker)}>" if cue.speaker else ""


def _escape(text: str) -> str:
    return escape(text, quote=False)
