"""What an app tells the export of one kind of its content: the file it becomes, and how it comes back from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from interaxion.content.importing.inputs import ImportInputs
from interaxion.content.publishing.publishable import Publishable
from interaxion.text.source_errors import Note


@dataclass(frozen=True)
class Exported:
    """A document; `stem` is its place among the published ones, without `.md`; `belongings` is what no field holds."""

    stem: str
    text: str
    belongings: Mapping[str, Any] = field(default_factory=dict)


class ExportedKind(Protocol):
    model: type[Publishable]
    #: The folder in `_data` with the rows of this kind.
    folder: str
    #: Fields that the document holds.
    in_document: frozenset[str]

    def export(self, thing: Any) -> Exported: ...

    def fill(self, thing: Any, body: str, data: Mapping[str, Any], inputs: ImportInputs) -> list[Note]:
        """Write what the document holds, and bring back the files that the row names."""

    def write_related(self, thing: Any, body: str, data: Mapping[str, Any]) -> None:
        """Write the rows that belong to it, once it has a key of its own."""
