"""Transcripts in JSON: that of podcast apps, that of Whisper and programs like it, that of whisper.cpp.

https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md
https://github.com/openai/whisper/blob/main/whisper/transcribe.py
https://github.com/ggml-org/whisper.cpp/blob/master/examples/cli/cli.cpp
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeGuard

from interaxion.text.source_errors import SourceError, gettext_noop
from interaxion.text.transcripts.clock import parse_stamp
from interaxion.text.transcripts.cues import Cue, CueReader, Transcription

#: Where the list of segments begins, and what stands between two of them.
_SEGMENTS = re.compile(r'"(?:segments|transcription)"\s*:\s*\[|\A\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
Segment = Mapping[str, Any]
#: Takes the beginning, the end, the words and the speaker out of one segment.
Taking = Callable[[Segment], tuple[object, object, object, object]]


def read_json(text: str, file: str = "") -> Transcription:
    """Read any of the three forms, known by their keys. Raises SourceError."""
    reader = CueReader(file)
    try:
        document = json.loads(text)
    except ValueError as problem:
        line = problem.lineno if isinstance(problem, json.JSONDecodeError) else 1
        message = gettext_noop("this is no JSON from here on")
        raise SourceError(file, line, message, gettext_noop("write the file again")) from problem
    except RecursionError as problem:
        message = gettext_noop("the JSON is nested too deeply")
        raise SourceError(file, 1, message, gettext_noop("write the file again")) from problem
    segments, take, language = _form_of(document)
    if segments is None:
        reader.refuse(
            1,
            gettext_noop("this JSON is no transcript"),
            gettext_noop("give that of Whisper, or that of podcast:transcript, with “segments”"),
        )
    lines = _lines_of_segments(text, len(segments))
    for number, segment in enumerate(segments):
        start, end, words, speaker = take(segment) if isinstance(segment, Mapping) else (None,) * 4
        if not _is_time(start) or not _is_time(end) or not isinstance(words, str):
            reader.refuse(
                lines[number],
                gettext_noop("the segment %(number)d has no beginning, end or text"),
                gettext_noop("write the file again"),
                number=number + 1,
            )
        reader.add(lines[number], float(start), float(end), words, speaker if isinstance(speaker, str) else "")
    return reader.finish(language if isinstance(language, str) else "")


def write_json(cues: Iterable[Cue]) -> str:
    """Write the form of podcast apps."""
    segments = [
        {
            **({"speaker": cue.speaker} if cue.speaker else {}),
            "startTime": cue.start,
            "endTime": cue.end,
            "body": cue.text,
        }
        for cue in cues
    ]
    return json.dumps({"version": "1.0.0", "segments": segments}, ensure_ascii=False)


def _form_of(document: object) -> tuple[list[Any] | None, Taking, object]:
    """Return the segments, how to read one, and the language; None if it is no transcript."""
    if isinstance(document, list):  # of segments alone, as some programs write them
        document = {"segments": document}
    if not isinstance(document, Mapping):
        return None, _of_whisper, ""
    if isinstance(spoken := document.get("transcription"), list):
        result = document.get("result")
        return spoken, _of_whisper_cpp, result.get("language") if isinstance(result, Mapping) else ""
    segments = document.get("segments")
    if not isinstance(segments, list):
        return None, _of_whisper, ""
    is_of_apps = any(isinstance(each, Mapping) and "startTime" in each for each in segments[:1])
    return segments, _of_apps if is_of_apps else _of_whisper, document.get("language")


def _of_apps(segment: Segment) -> tuple[object, object, object, object]:
    start = segment.get("startTime")
    return start, segment.get("endTime", start), segment.get("body"), segment.get("speaker")


def _of_whisper(segment: Segment) -> tuple[object, object, object, object]:
    return segment.get("start"), segment.get("end"), segment.get("text"), segment.get("speaker")


def _of_whisper_cpp(segment: Segment) -> tuple[object, object, object, object]:
    times = segment.get("timestamps")
    spelled = times if isinstance(times, Mapping) else {}
    start, end = (parse_stamp(str(spelled.get(name, ""))) for name in ("from", "to"))
    return start, end, segment.get("text"), segment.get("speaker")


def _is_time(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9


def _lines_of_segments(text: str, count: int) -> list[int]:
    """Return the line at which each segment begins."""
    begins = _SEGMENTS.search(text)
    at, line, last, lines, decoder = begins.end() if begins else 0, 1, 0, [], json.JSONDecoder()
    for _number in range(count):
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing, too
        line += text.count("\n", last, at)
        lines.append(line)
        last = at
        at = decoder.raw_decode(text, at)[1]
    return lines
