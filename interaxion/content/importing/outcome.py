"""What became of one file: the line that the importer says of it."""

from dataclasses import dataclass
from enum import StrEnum

from interaxion.text.source_errors import Note, SourceError


class Action(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True)
class Outcome:
    file: str
    action: Action
    path: str = ""  # of what the file became
    warnings: tuple[Note, ...] = ()
    problem: SourceError | None = None  # why it failed
