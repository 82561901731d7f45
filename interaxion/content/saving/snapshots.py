"""A snapshot back into the thing that it is of: its fields, its tags, and its rows by their lasting keys."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from interaxion.content.publishing.publishable import Publishable
from interaxion.content.saving.storing import store
from interaxion.text.merging import PLACE, Row, Snapshot, key_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

#: The rows of each model by the names that a snapshot may use: read once for a whole snapshot.
Names = dict[type, dict[str, Model]]


def write_snapshot(thing: Publishable, data: Snapshot, *, user: "AbstractBaseUser | None", note: str) -> None:
    """Save `thing` as the snapshot has it. What no longer exists, and fields of another release, stay as they are.

    Raises ValidationError and StaleVersion as `store()` does.
    """
    names: Names = {}
    for name, value in data["fields"].items():
        if name in thing.snapshot_fields:
            take_value(thing, name, value, names)
    store(thing, user=user, note=note, write_related=partial(_write_related, thing, data, names))


def take_value(row: Model, name: str, value: Any, names: Names) -> bool:
    """Set a field from its value in a snapshot; return whether that was possible."""
    field = row._meta.get_field(name)
    if field.is_relation:
        found = _find_named(field.related_model, str(value), names) if value else None
        if found:
            setattr(row, name, found)
        return bool(found) or not value
    try:
        setattr(row, name, field.to_python(value))
    except ValidationError:
        return False
    return True


def _write_related(thing: Publishable, data: Snapshot, names: Names) -> None:
    if hasattr(thing, "tags"):
        thing.tags.set(data["tags"])
    for relation in thing.snapshot_rows:
        _write_rows(getattr(thing, relation), data["rows"].get(relation, []), names)


def _write_rows(manager: Any, wanted: list[Row], names: Names) -> None:
    stored = {key_of_row(row): row for row in manager.all()}
    for place, values in enumerate(wanted):
        row = stored.pop(key_of(values), None) or manager.model(**{manager.field.name: manager.instance})
        known = {name: value for name, value in values.items() if name in row.snapshot_fields} | {PLACE: place}
        if all(take_value(row, name, value, names) for name, value in known.items()):
            row.full_clean(validate_unique=False, validate_constraints=False)
            row.save()
    for row in stored.values():
        row.delete()


def key_of_row(row: Any) -> str:
    """Return the lasting identity of a row, as `key_of` does for the row of a snapshot."""
    return key_of({"key": getattr(row, "key", ""), "speaker": str(getattr(row, "speaker", ""))})


def _find_named(model: Any, name: str, names: Names) -> Model | None:
    """Find a row by its present name or an alias. `names` caches the rows of each model."""
    if model not in names:
        things = list(model._default_manager.all())
        names[model] = {alias: thing for thing in things for alias in getattr(thing, "aliases", None) or ()}
        names[model] |= {str(thing): thing for thing in things}
    return names[model].get(name)
