"""Keys of typed sections: a section that continues one of an older snapshot has its key."""

import re

from django.http import QueryDict

from episodes.notes import notes
from episodes.notes.matching import match
from interaxion.text.merging import Row
from interaxion.text.times import parse_time


def keep_keys(old: list[Row], typed: list[Row]) -> list[Row]:
    """Return `typed` in its order; a section that continues an old one has its key and its imported id."""
    same = match([_note(row) for row in old], [_note(row) for row in typed])
    return [
        {**row, "key": old[index]["key"], "imported_anchor": row["imported_anchor"] or old[index]["imported_anchor"]}
        if index is not None
        else row
        for row, index in zip(typed, same, strict=True)
    ]


def values_of(data: QueryDict, name: str, prefix: str = "sections") -> list[str]:
    """Return what was typed into this field of all posted rows."""
    field = re.compile(rf"{prefix}-\d+-{name}")
    return [data[key] for key in data if field.fullmatch(key)]


def is_time(typed: str) -> bool:
    return not typed.strip() or parse_time(typed) is not None


def _note(row: Row) -> notes.NoteSection:
    return notes.NoteSection(
        level=row.get("level") or notes.LEAD_LEVEL,
        starts_at=row.get("starts_at"),
        heading=row.get("heading") or "",
        body=row.get("body") or "",
        imported_anchor=row.get("imported_anchor") or "",
    )
