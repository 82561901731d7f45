"""A changed file of a thing that a person has edited since: a three-way merge, as of two people in the desk.

Both began with what the last import made of the file. What only one of them changed is taken. Where both changed the
same place, that of the person stands, and the file's waits in the desk as a suggestion.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from interaxion.content.importing.imported import ImportedFile
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.recorder import note_made
from interaxion.content.publishing.revisions import Revision, snapshot
from interaxion.content.publishing.working_copies import WorkingCopy
from interaxion.content.saving.snapshots import write_snapshot
from interaxion.content.saving.storing import store
from interaxion.text.merging import PLACE, Conflict, Row, Snapshot, is_same, key_of, merge

DATE = "publish_at"


@dataclass(frozen=True)
class ImportBase:
    """Where the file and the person parted: the version and snapshot that the last import left, and those of now."""

    number: int
    imported: Snapshot
    present: Snapshot


@dataclass(frozen=True)
class MergedImport:
    thing: Publishable  # as it is stored now
    #: The version that holds what the file says: the next merge begins there.
    number: int
    is_changed: bool
    conflicts: tuple[Conflict, ...] = ()


def find_base(thing: Publishable, name: str) -> ImportBase | None:
    """Return where the file of this name and the stored thing parted; None if no import of it is known."""
    files = ImportedFile.objects.of(thing)
    file = files.filter(name=name).first() or files.order_by("-version").first()
    revision = Revision.objects.of(thing).filter(number=file.version).first() if file else None
    if file is None or revision is None:
        return None
    present = snapshot(_stored(thing))
    imported = {**revision.data, "fields": dict(revision.data["fields"])}
    if DATE in imported["fields"]:
        # The transition that follows an import gives the date, so no revision has it.
        imported["fields"][DATE] = file.facts.get(DATE, present["fields"].get(DATE))
    return ImportBase(file.version, imported, present)


def store_merged(
    thing: Publishable, base: ImportBase, *, date: str, note: str, write_related: Callable[[], object] | None
) -> MergedImport:
    """Store `thing`, filled from its file, merged with what it is now.

    `date` is the one that the file gives, as in a snapshot, or "". Raises what `store()` does.
    """
    before = thing.version
    with transaction.atomic():
        store(thing, user=None, note=note, write_related=write_related)
        of_file = snapshot(_stored(thing))
        if date and DATE in of_file["fields"]:
            of_file["fields"][DATE] = date
        _rekey(of_file, base)
        if _is_equal(of_file, base.imported):
            transaction.set_rollback(True)
            number = 0
        else:
            number = thing.version
    if not number:
        present = _stored(thing)
        store(present, user=None)  # a picture that the text names may have been added
        return MergedImport(present, base.number, is_changed=False)
    if number > before:
        # It was never seen: it stays in the history as what the file says.
        Revision.objects.of(thing).filter(number=number).update(was_live=False)
    suggested = merge(base.imported, of_file, base.present)
    names = {conflict.name for conflict in suggested.conflicts}
    merged = merge(base.imported, of_file, base.present, names)
    present = _stored(thing)
    write_snapshot(present, merged.snapshot, user=None, note=gettext("Merged: %(file)s") % {"file": note})
    withdraw_suggestions(present, note)
    if names:
        _suggest(present, suggested.snapshot, note)
    return MergedImport(present, number, is_changed=True, conflicts=tuple(suggested.conflicts))


def _stored(thing: Publishable) -> Publishable:
    return type(thing).objects.get(pk=thing.pk)


def label_of(thing: Publishable, conflict: Conflict) -> str:
    """Return the name of the place for people: of a field, or of a row by its heading."""
    model: Any = getattr(thing, conflict.relation).model if conflict.relation else thing
    row: Row = next((side for side in (conflict.mine, conflict.theirs) if isinstance(side, dict)), {})
    rows = snapshot(thing)["rows"].get(conflict.relation, [])
    row = row or next((each for each in rows if key_of(each) == conflict.row), {})
    if title := row.get("heading") or row.get("speaker"):
        return str(title)
    try:
        return str(model._meta.get_field(conflict.field).verbose_name)
    except FieldDoesNotExist:
        return str(model._meta.verbose_name_plural)


def _is_equal(one: Snapshot, other: Snapshot) -> bool:
    """Whether two snapshots say the same; fields of another release do not count."""
    fields = one["fields"].keys() & other["fields"].keys()
    return (
        all(is_same(one["fields"][name], other["fields"][name]) for name in fields)
        and sorted(one["tags"]) == sorted(other["tags"])
        and all(
            [_plain(row) for row in one["rows"].get(relation, [])] == [_plain(row) for row in rows]
            for relation, rows in other["rows"].items()
        )
    )


def _plain(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != PLACE}


def _rekey(of_file: Snapshot, base: ImportBase) -> None:
    """Give a row of the file that the present thing lacks the key that it had in the last import.

    A row that a person has removed then counts as removed, not as new in the file.
    """
    for relation, rows in of_file["rows"].items():
        taken = {key_of(row) for row in rows}
        gone = [row for row in base.imported["rows"].get(relation, []) if key_of(row) not in taken]
        present = {key_of(row) for row in base.present["rows"].get(relation, [])}
        for row in rows:
            if "key" not in row or key_of(row) in present:
                continue
            same = next((old for old in gone if key_of(old) not in present and _is_the_row(row, old)), None)
            if same:
                gone.remove(same)
                row["key"] = same["key"]


def _is_the_row(row: Row, old: Row) -> bool:
    return bool(row.get("heading") and row["heading"] == old.get("heading")) or row.get("body") == old.get("body")


def withdraw_suggestions(thing: Publishable, file: str) -> None:
    """Close what earlier imports of the file have suggested: a newer one says more."""
    for copy in WorkingCopy.objects.of(thing).submitted().filter(user=None, note=file):
        copy.close()


def _suggest(thing: Publishable, data: Snapshot, file: str) -> None:
    """Let the snapshot wait for an editor."""
    copy = WorkingCopy.objects.create(
        target=thing, snapshot=data, base_version=thing.version, submitted_at=timezone.now(), note=file
    )
    note_made(copy)
