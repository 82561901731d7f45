"""What is typed on the page of a transcript, as its form would be sent: one field for each column of a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qs, urlencode

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from episodes.models import Transcript
from episodes.transcripts.storing import as_rows
from interaxion.text.source_errors import SourceError
from interaxion.text.transcripts.cues import MOST_CUES, Cue, settle

#: The names of the fields. `span` holds start and end in seconds, with a space between.
SPAN, SPEAKER, TEXT = "span", "speaker", "text"

Row = Sequence[object]


@dataclass(frozen=True)
class Typed:
    rows: Sequence[Row]  # as `Transcript.cues`
    language: str
    is_published: bool

    @classmethod
    def of(cls, transcript: Transcript) -> Self:
        return cls(transcript.cues, transcript.language, transcript.is_published)

    def fill(self, transcript: Transcript) -> None:
        transcript.cues, transcript.language, transcript.is_published = self.rows, self.language, self.is_published


def read_lines(data: str) -> Typed:
    """Read a urlencoded form, whatever its lines are worth. Raises ValidationError if it is no such form."""
    try:
        # Not Django's parser: a transcript has more fields than it takes.
        fields = parse_qs(data, keep_blank_values=True, max_num_fields=4 * MOST_CUES, errors="strict")
        columns = zip(*(fields.get(name, []) for name in (SPAN, TEXT, SPEAKER)), strict=True)
        rows = [[*map(float, span.split(" ", 1)), text, speaker] for span, text, speaker in columns]
        if any(len(row) != 4 for row in rows):
            raise ValueError("a span is a start and an end")
    except ValueError as problem:
        raise ValidationError(_("The lines did not arrive whole. Save again.")) from problem
    return Typed(rows, fields.get("language", [""])[0], "is_published" in fields)


def read_typed(data: str) -> Typed:
    """Read it as a transcript that can be stored. Raises ValidationError, which names the line."""
    typed = read_lines(data)
    if not any(str(row[2]).strip() for row in typed.rows):
        return Typed([], typed.language, typed.is_published)
    try:
        settled = settle(Cue(float(str(row[0])), float(str(row[1])), str(row[2]), str(row[3])) for row in typed.rows)
    except SourceError as problem:
        values = {"line": problem.line, "problem": _(problem.message) % problem.params}
        raise ValidationError(_("Line %(line)d: %(problem)s.") % values) from problem
    return Typed(as_rows(settled.cues), typed.language, typed.is_published)


def as_typed(typed: Typed) -> str:
    """Return the form that `read_lines()` reads."""
    fields = [("language", typed.language)]
    if typed.is_published:
        fields.append(("is_published", "on"))
    for start, end, text, speaker in typed.rows:
        fields += [(SPAN, f"{start} {end}"), (SPEAKER, str(speaker)), (TEXT, str(text))]
    return urlencode(fields)
