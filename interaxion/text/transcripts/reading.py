"""Reading a transcript of any form, known by its content: the endings of such files are often wrong."""

from collections.abc import Callable

from interaxion.text.characters import drop_control_characters
from interaxion.text.source_errors import Note, SourceError, gettext_noop
from interaxion.text.transcripts.cues import Transcription
from interaxion.text.transcripts.json_forms import read_json
from interaxion.text.transcripts.srt import read_srt
from interaxion.text.transcripts.timed_blocks import ARROW
from interaxion.text.transcripts.vtt import read_vtt

#: Two hours of Japanese have 300 kB; with a time for each word, as Whisper writes them, ten times as much.
MOST_BYTES = 10_000_000


def read_transcript(data: bytes, file: str = "") -> Transcription:
    """Read WebVTT, SubRip or JSON. `file` is for messages. Raises SourceError."""
    text, notes = _decode(data, file)
    read = _reader_of(text, file)
    transcription = read(text, file)
    return Transcription(transcription.cues, (*notes, *transcription.notes), transcription.language)


def _reader_of(text: str, file: str) -> Callable[[str, str], Transcription]:
    if text.startswith("WEBVTT"):
        return read_vtt
    if text.lstrip()[:1] in {"{", "["} and ARROW not in text.partition("\n")[0]:
        return read_json
    if ARROW in text:
        return read_srt
    raise SourceError(
        file,
        1,
        gettext_noop("this is no transcript that can be read"),
        gettext_noop("give it as WebVTT (.vtt), SubRip (.srt) or JSON"),
    )


def _decode(data: bytes, file: str) -> tuple[str, tuple[Note, ...]]:
    if len(data) > MOST_BYTES:
        raise SourceError(
            file,
            1,
            gettext_noop("the file is larger than %(limit)d kB"),
            gettext_noop("split it into several files"),
            limit=MOST_BYTES // 1000,
        )
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            file,
            data.count(b"\n", 0, error.start) + 1,
            gettext_noop("the text is not UTF-8 (byte %(byte)s)"),
            gettext_noop("save it as UTF-8"),
            byte=f"0x{data[error.start]:02X}",
        ) from error
    return drop_control_characters(text)
