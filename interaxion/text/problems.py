"""What is said of a thing before it is published: a list of problems, each with its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    ERROR = "error"  # blocks publishing
    WARNING = "warning"  # asks once


@dataclass(frozen=True)
class Problem:
    level: Level
    message: str  # in the user's language
    field: str = ""  # the name of the form field, or of the relation
    place: str = ""  # the section's key, or what names the row
    rule: str = ""  # the name of a rule that somebody else made
    spec: str = ""  # and the address where it stands
    row_field: str = ""  # the field of that row
    heading: str = ""  # what the row is called, where the message does not say it
    offer: str = ""  # an address that may help
    line: int = 0  # of the text in that field, counted from 1; 0 where it is no line of a text

    def __str__(self) -> str:
        return f"{self.heading}: {self.message}" if self.heading else self.message


def error(message: str, field: str = "", place: str = "", **more: Any) -> Problem:
    return Problem(Level.ERROR, message, field, place, **more)


def warning(message: str, field: str = "", place: str = "", **more: Any) -> Problem:
    return Problem(Level.WARNING, message, field, place, **more)


def errors_in(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.level is Level.ERROR]
