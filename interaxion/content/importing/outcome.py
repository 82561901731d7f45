"""The outcome of importing one file, which the command prints as a line."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Model

from interaxion.text.source_errors import Note, SourceError


class Action(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True)
class WantedPicture:
    """A picture of another site that the empty field of a row is to hold, such as a cover or a portrait."""

    model: str  # its label
    pk: int
    field: str
    url: str


@dataclass(frozen=True)
class Outcome:
    file: str
    action: Action
    path: str = ""  # the address of what the file became
    warnings: tuple[Note, ...] = ()
    problem: SourceError | None = None  # why it failed
    old_address: str = ""  # the address on the site that it came from; "" if there was none
    answers: bool = False  # whether that address leads somewhere here
    #: The pictures at other sites that it shows: the site, and whether the file lies in what is imported.
    remote_pictures: tuple[tuple[str, bool], ...] = ()
    wanted_pictures: tuple[WantedPicture, ...] = ()
    asks_editor: bool = False  # whether a change of it waits in the desk, since a person had changed the same place
    kind: str = ""  # what the file is here: the name of a model, such as `episode`


def kind_of(thing: Model | type[Model]) -> str:
    return str(thing._meta.model_name)
