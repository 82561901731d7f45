"""The outcome of importing one file, which the command prints as a line."""

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
    path: str = ""  # the address of what the file became
    warnings: tuple[Note, ...] = ()
    problem: SourceError | None = None  # why it failed
