"""The contract of an app with the export, for one content class: to a file, and back from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from interaxion.content.importing.inputs import ImportInputs
from interaxion.content.publishing.publishable import Publishable
from interaxion.text.source_errors import Note


@dataclass(frozen=True)
class Exported:
    """A document; `stem` is its place if it is published, without `.md`; `belongings` is data that no field holds.

    `files` are further files, by name, which the data lists.
    """

    stem: str
    text: str
    belongings: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


class ExportedKind(Protocol):
    model: type[Publishable]
    #: The folder in `_data` with the rows of this class.
    folder: str
    #: Fields that the document holds.
    in_document: frozenset[str]

    def export(self, thing: Any) -> Exported: ...

    def fill(self, thing: Any, body: str, data: Mapping[str, Any], inputs: ImportInputs) -> list[Note]:
        """Fill the fields that the document holds, and restore the files that the row names. Return warnings."""

    def write_related(self, thing: Any, body: str, data: Mapping[str, Any]) -> None:
        """Write the related rows, once the thing has a primary key."""
