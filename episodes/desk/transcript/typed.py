"""Reading what is typed on the page of a transcript, as its form is sent: all lines are one field, a list in JSON."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from episodes.models import Transcript
from episodes.transcripts.storing import as_rows
from interaxion.text.source_errors import SourceError
from interaxion.text.transcripts.cues import Cue, settle

#: Start and end in seconds, text, speaker: a line as `Transcript.cues` holds it.
Row = Sequence[Any]


@dataclass(frozen=True)
class Typed:
    rows: Sequence[Row]
    language: str
    is_published: bool

    @classmethod
    def of(cls, transcript: Transcript) -> Self:
        return cls(transcript.cues, transcript.language, transcript.is_published)

    def fill(self, transcript: Transcript) -> None:
        transcript.cues, transcript.language, transcript.is_published = self.rows, self.language, self.is_published


def read_lines(data: str) -> Typed:
    """Read a urlencoded form, whatever its lines are worth. Raises ValidationError if it is no such form."""
    fields = QueryDict(data)
    try:
        rows = json.loads(fields.get("lines", ""))
        are_lines = isinstance(rows, list) and all(map(_is_line, rows))
    except (ValueError, RecursionError):
        are_lines = False
    if not are_lines:
        raise ValidationError(_("The lines did not arrive whole. Save again."))
    return Typed(rows, fields.get("language", ""), "is_published" in fields)


def read_typed(data: str) -> Typed:
    """Read it as a transcript that can be stored. Raises ValidationError, which names the line."""
    typed = read_lines(data)
    cues = [Cue(*row) for row in typed.rows]
    if not any(cue.text.strip() for cue in cues):
        return Typed([], typed.language, typed.is_published)
    try:
        settled = settle(cues)
    except SourceError as problem:
        values = {"line": problem.line, "problem": _(problem.message) % problem.params}
        raise ValidationError(_("Line %(line)d: %(problem)s.") % values) from problem
    return Typed(as_rows(settled.cues), typed.language, typed.is_published)


def as_typed(typed: Typed) -> str:
    """Return the form that `read_lines()` reads."""
    fields = {"lines": json.dumps(typed.rows, ensure_ascii=False), "language": typed.language}
    return urlencode(fields | ({"is_published": "on"} if typed.is_published else {}))


def _is_line(row: object) -> bool:
    if not isinstance(row, list) or len(row) != 4:
        return False
    *times, text, speaker = row
    are_times = all(type(time) in {int, float} and math.isfinite(time) for time in times)
    return are_times and all(isinstance(each, str) and "\0" not in each for each in (text, speaker))
