"""Messages about a source file: an error that stops the import of it, or a note on one line. Reasons of refusals.

Messages are English templates with parameters: the code that shows them translates `message` and fills in `params`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


def gettext_noop(message: str) -> str:
    """Mark a template for makemessages, in modules that must not import Django."""
    return message


class Reasoned(Exception):
    """An error that says why in a template, `message`. Each of `params` may be such a reason in turn."""

    def __init__(self, message: str, /, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        return self.message % self.params


class Option(StrEnum):
    """An option of the import that a message names, as on the command line; a page calls it by its field."""

    MAP = "--map"
    EPISODES = "--episodes"
    NUMBER = "--number"
    COURSE = "--course"
    PUBLISH_AT = "--publish-at"
    OVERWRITE = "--overwrite"
    SITE_URL = "--site-url"
    FETCH_PICTURES = "--fetch-pictures"


class Subject(StrEnum):
    """The subject of a note, the more serious first: a report lists them in this order."""

    CHANGED = "changed"
    SOUND = "sound"
    ADDRESS = "address"
    PICTURE = "picture"
    OTHER = "other"
    KEY = "key"
    CHECK = "check"


@dataclass(frozen=True)
class Note:
    """A remark on one line of a file that could be read."""

    line: int
    message: str
    params: Mapping[str, object] = field(default_factory=dict)
    subject: Subject = Subject.OTHER

    def __str__(self) -> str:
        return self.message % self.params


class SourceError(Exception):
    """A file that cannot be read: where, why, and how to cure it.

    `message` and `cure` are templates that share `params`.
    `str()` gives `file:line: message; cure` in English.
    """

    def __init__(self, file: str, line: int, message: str, cure: str, /, **params: object) -> None:
        super().__init__(file, line, message, cure)
        self.file = file
        self.line = line
        self.message = message
        self.cure = cure
        self.params = params

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message % self.params}; {self.cure % self.params}"
