"""What there is to tell about a source file: an error that ends its reading, or a note on one line.

Messages are English templates with parameters: whoever shows them translates `message` and fills in `params`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


def gettext_noop(message: str) -> str:
    """Mark a template for makemessages where Django must not be imported."""
    return message


@dataclass(frozen=True)
class Note:
    """Something worth telling about one line of a file that was read all the same."""

    line: int
    message: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.params


class SourceError(Exception):
    """A file that cannot be read: where, what is wrong, and what to do about it.

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
