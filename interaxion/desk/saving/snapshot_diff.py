"""The diff between two snapshots of a thing, in the words of its form."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from interaxion.content.languages import in_a_row
from interaxion.content.publishing.publishable import Publishable
from interaxion.text.differences import Piece, compare, shortened
from interaxion.text.merging import PLACE, Conflict, Row, Snapshot, is_same, key_of
from interaxion.text.times import spell_time


@dataclass(frozen=True)
class ShownChange:
    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class MergeChoice:
    """A conflict, as the page that asks about it shows it."""

    name: str
    label: str
    pieces: list[Piece]  # from theirs to mine


def list_changes(thing: Publishable, old: Snapshot, new: Snapshot) -> list[ShownChange]:
    """Return the changes in the order of the form: fields, tags, rows."""
    return [ShownChange(label, _pieces(before, after)) for label, before, after in _find_changes(thing, old, new)]


def name_changes(thing: Publishable, old: Snapshot, new: Snapshot) -> list[str]:
    """Return the labels alone of `list_changes()`, without comparing the texts word by word."""
    return [label for label, _before, _after in _find_changes(thing, old, new)]


#: The label of a change, the text before it and the text after it.
_Change = tuple[str, str, str]


def _find_changes(thing: Publishable, old: Snapshot, new: Snapshot) -> Iterator[_Change]:
    for name in dict.fromkeys([*new["fields"], *old["fields"]]):
        before, after = old["fields"].get(name), new["fields"].get(name)
        if not is_same(before, after):
            yield label_of(thing, name, new, old), _spell(thing, name, before), _spell(thing, name, after)
    if set(old["tags"]) != set(new["tags"]):
        yield _("Tags"), in_a_row(old["tags"]), in_a_row(new["tags"])
    for relation in dict.fromkeys([*new["rows"], *old["rows"]]):
        yield from _find_row_changes(thing, relation, old, new)


def list_choices(thing: Publishable, conflicts: list[Conflict], mine: Snapshot, theirs: Snapshot) -> list[MergeChoice]:
    return [
        MergeChoice(
            conflict.name,
            label_of(thing, conflict.name, mine, theirs),
            _pieces(*(_spell_side(thing, conflict, side, mine, theirs) for side in (conflict.theirs, conflict.mine))),
        )
        for conflict in conflicts
    ]


def label_of(thing: Publishable, name: str, *snapshots: Snapshot) -> str:
    """Return the label of a difference for the user; a row has its heading in the first snapshot with that row."""
    relation, _dot, rest = name.partition(".")
    if not rest:
        return _("Tags") if name == "tags" else _verbose_name(thing, name)
    model = getattr(thing, relation).model
    if rest == "order":
        return _("Order: %(rows)s") % {"rows": model._meta.verbose_name_plural}
    key, _dot, field = rest.partition(".")
    row: Row = next((row for each in snapshots for row in each["rows"].get(relation, []) if key_of(row) == key), {})
    title = _name_row(model, row)
    return f"{title}: {_verbose_name(model, field)}" if field else title


def _find_row_changes(thing: Publishable, relation: str, old: Snapshot, new: Snapshot) -> Iterator[_Change]:
    was, now = ({key_of(row): row for row in each["rows"].get(relation, [])} for each in (old, new))
    model = getattr(getattr(thing, relation, None), "model", None)  # an old snapshot may name a removed relation
    for key in [*now, *(key for key in was if key not in now)]:
        before, after = (_spell_row(model, rows[key]) if key in rows else "" for rows in (was, now))
        if before != after:
            yield label_of(thing, f"{relation}.{key}", new, old), before, after
    if [key for key in was if key in now] != [key for key in now if key in was]:
        before, after = _spell_order(relation, list(was), old), _spell_order(relation, list(now), new)
        yield label_of(thing, f"{relation}.order"), before, after


def _pieces(old: str, new: str) -> list[Piece]:
    return shortened(compare(old, new))


def _spell(model: Any, name: str, value: Any) -> str:
    """Return a value of the thing or of a row as its form shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "\n".join(map(str, value))
    if _is_instant(model, name) and isinstance(value, str) and value:
        at = parse_datetime(value)
        return f"{localtime(at):%Y-%m-%d %H:%M}" if at and at.tzinfo else value
    if name in {"starts_at", "audio_seconds"} and isinstance(value, int):
        return spell_time(value)
    return str(dict(_choices(model, name)).get(value, value)) if value != "" else ""


def _spell_row(model: Any, row: Row) -> str:
    if "heading" not in row:
        values = ((name, value) for name, value in row.items() if value and name not in {PLACE, "key"})
        return in_a_row(_spell(model, name, value) for name, value in values)
    time = "" if row.get("starts_at") is None else spell_time(row["starts_at"])
    line = " ".join(filter(None, ("#" * (row.get("level") or 3), time, row["heading"]))) if row["heading"] else ""
    return f"{line}\n\n{row.get('body') or ''}".strip() + "\n"


def _name_row(model: Any, row: Row) -> str:
    if row.get("heading") == "":
        return _("The text before the first heading")
    name = row.get("heading") or row.get("speaker") or "–"
    return _("%(kind)s “%(name)s”") % {"kind": model._meta.verbose_name, "name": name}


def _spell_order(relation: str, keys: list[str], snapshot: Snapshot) -> str:
    rows = {key_of(row): row for row in snapshot["rows"].get(relation, [])}
    return "".join(f"{rows.get(key, {}).get('heading') or rows.get(key, {}).get('speaker') or '–'}\n" for key in keys)


def _spell_side(thing: Publishable, conflict: Conflict, side: Any, mine: Snapshot, theirs: Snapshot) -> str:
    model = getattr(thing, conflict.relation).model if conflict.relation else thing
    if conflict.field == "order":
        return _spell_order(conflict.relation, side, mine if side is conflict.mine else theirs)
    if conflict.relation and not conflict.field:
        return _spell_row(model, side) if side else ""
    return _spell(model, conflict.field, side)


def _choices(model: Any, field: str) -> Any:
    try:
        return model._meta.get_field(field).flatchoices
    except (FieldDoesNotExist, AttributeError):  # a removed field, or one without choices
        return ()


def _is_instant(model: Any, field: str) -> bool:
    try:
        return isinstance(model._meta.get_field(field), models.DateTimeField)
    except (FieldDoesNotExist, AttributeError):  # a removed field or relation
        return False


def _verbose_name(model: Any, field: str) -> str:
    try:
        return str(model._meta.get_field(field).verbose_name)
    except FieldDoesNotExist:
        return field
