"""An episode as parsed from a file, before anything is stored."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from episodes.notes.notes import MOST_SECTIONS, NoteSection, find_errors, join
from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.source_errors import Note, SourceError, gettext_noop


@dataclass(frozen=True)
class EpisodeSource:
    number: Decimal | None
    title: str  # without its number
    sections: tuple[NoteSection, ...]
    whole_title: str = ""  # with its number, if other files may mean another one by it: `Episode 1: Hello`
    season: int | None = None
    summary: str = ""  # Markdown
    path: str = ""  # "/57-draft"; "" if the file names none
    speakers: tuple[str, ...] = ()  # names or aliases, in order
    roles: Mapping[str, str] = field(default_factory=dict)  # name → "host" or "guest", if the file says it
    tags: tuple[str, ...] = ()
    player: str = ""  # HTML as pasted
    artwork: str = ""  # the name or address of a picture
    audio: str = ""  # an address, or the name of a file
    audio_seconds: int | None = None
    audio_bytes: int | None = None
    transcript: str = ""  # the name or address of a file
    date: str = ""  # as written, from `date`, the file name or `created_at`
    is_draft: bool = False
    short_notes: str = ""  # the whole text of a file of short notes, "" for full notes
    extra: Mapping[str, Any] = field(default_factory=dict)  # unknown keys of the front matter
    warnings: tuple[Note, ...] = ()

    def join_sections(self) -> str:
        """Return the sections as one document."""
        return join(self.sections, anchors=True)


def validate_sections(
    document: SourceDocument, sections: Sequence[NoteSection], *, rewritten: Sequence[NoteSection]
) -> None:
    """Raise SourceError, with its line, for the first section that cannot be stored as it was rewritten."""
    if len(sections) > MOST_SECTIONS:
        raise SourceError(
            document.name,
            _line_of(document, sections[MOST_SECTIONS]),
            gettext_noop("there are more than %(most)d sections"),
            gettext_noop("join some of them, or divide the file"),
            most=MOST_SECTIONS,
        )
    for section, problems in zip(sections, find_errors(rewritten), strict=True):
        for problem in problems:
            raise SourceError(
                document.name,
                _line_of(document, section),
                gettext_noop("the section %(heading)s cannot be read"),
                problem,
                heading=f"“{section.heading}”",
            )


def _line_of(document: SourceDocument, section: NoteSection) -> int:
    """Return the line of its heading in the file; that of the body if the heading was rewritten beyond recognition."""
    time = r"[^\w\s]*[\d:：]+[^\w\s]*[ \t]*" if section.starts_at is not None else ""
    spelled = rf"^ {{0,3}}{'#' * section.level}[ \t]+{time}{re.escape(section.heading)}[ \t#]*\r?$"
    heading = re.search(spelled, document.body, re.MULTILINE)
    return document.body_line + document.body.count("\n", 0, heading.start() if heading else 0)
