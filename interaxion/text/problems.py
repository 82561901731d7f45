"""`Problem`: a result of the checks before publishing, with its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    ERROR = "error"  # blocks publishing
    WARNING = "warning"  # asks for confirmation


@dataclass(frozen=True)
class Problem:
    level: Level
    message: str  # in the user's language
    field: str = ""  # the name of the form field, or of the relation
    place: str = ""  # the section's key, or another name of the row
    rule: str = ""  # the name of the rule, if an external specification has one
    spec: str = ""  # the URL of that specification
    row_field: str = ""  # the field of the row at `place`
    heading: str = ""  # the title of the row, if the message does not name it
    offer: str = ""  # a URL that may help
    line: int = 0  # the line in the text of `field`, counted from 1; 0: no line

    def __str__(self) -> str:
        return f"{self.heading}: {self.message}" if self.heading else self.message


def error(message: str, field: str = "", place: str = "", **more: Any) -> Problem:
    return Problem(Level.ERROR, message, field, place, **more)


def warning(message: str, field: str = "", place: str = "", **more: Any) -> Problem:
    return Problem(Level.WARNING, message, field, place, **more)


def errors_in(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.level is Level.ERROR]
