"""Files that an earlier import has brought in and that are unchanged: recognised before anything is parsed."""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType

from interaxion.content.importing.imported import ImportedFile
from interaxion.content.importing.inputs import ImportInputs
from interaxion.content.importing.outcome import Action, Outcome, kind_of
from interaxion.content.owned_rows import Owner

#: So many names at a time: databases limit the parameters of a query.
CHUNK = 500


class KnownFiles:
    """The rows of `ImportedFile` for the files of an import, and the addresses of their things. A few queries."""

    def __init__(self, names: Iterable[str], inputs: ImportInputs) -> None:
        self._rows: dict[str, list[ImportedFile]] = defaultdict(list)
        self._paths: dict[Owner, str] = {}
        waiting = [] if inputs.overwrite else list(names)
        while waiting:
            chunk, waiting = waiting[:CHUNK], waiting[CHUNK:]
            self._read(ImportedFile.objects.filter(name__in=chunk, is_demo=inputs.is_demo).exclude(facts={}))

    def _read(self, rows: Iterable[ImportedFile]) -> None:
        keys: dict[int, set[int]] = defaultdict(set)
        for row in rows:
            self._rows[row.name].append(row)
            keys[row.content_type_id].add(row.object_id)
        for content_type, pks in keys.items():
            kind = ContentType.objects.get_for_id(content_type).model_class()
            paths = kind.objects.filter(pk__in=pks).values_list("pk", "path")
            self._paths |= {(content_type, pk): path for pk, path in paths}

    def find(self, name: str, text: str, inputs: ImportInputs) -> ImportedFile | None:
        """Return the row of this very file, with these inputs and the same files beside it; None if it is not known."""
        rows = self._rows.get(name)
        digest = inputs.digest(name, text) if rows else ""
        same = [row for row in rows or () if row.digest == digest and inputs.has_same_files(row.facts)]
        return same[0] if len(same) == 1 and same[0].owner in self._paths else None

    def find_restored(self, name: str, inputs: ImportInputs) -> ImportedFile | None:
        """Return the row of a document of an export that was restored from these very files; None if there is none.

        Nothing else counts: an export states all of its things by itself.
        """
        rows = [row for row in self._rows.get(name, ()) if row.facts.get("restored") and row.owner in self._paths]
        return next((row for row in rows if inputs.files.are_still(row.facts["restored"])), None)

    def pass_over(self, row: ImportedFile, inputs: ImportInputs) -> Outcome:
        """Take what the file took when it was imported, and leave its thing as it is. Raises SourceError."""
        for key in row.facts["keys"]:
            inputs.take(row.name, key)
        return Outcome(row.name, Action.UNCHANGED, self._paths[row.owner], kind=kind_of(row.owner_model))
