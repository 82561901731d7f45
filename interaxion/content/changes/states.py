"""The state of a row: all that somebody typed or an import stated of it, by parts, as JSON can hold it.

A part is a field, the rows of one relation, the tags, the addresses or the imported files. A snapshot holds less: no
GUID, no status, no addresses.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from interaxion.content.exporting.rows import DERIVED, address_state
from interaxion.content.importing.imported import ImportedFile
from interaxion.content.paths import Path
from interaxion.content.publishing.publishable import Publishable

#: No part: derived, or counted and dated by every save.
LEFT_OUT = DERIVED | {"version", "stored_at", "text_changed_at", "created_at", "preview_key"}
TAGS, ADDRESSES, FILES = "tags", "addresses", "imported_files"
#: So many rows at a time: databases limit the parameters of a query.
CHUNK = 200
#: Made once: an import takes the digests of 25,000 values.
_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False)
_PLAIN = (str, int, bool, list, dict, type(None))


@dataclass
class RowState:
    title: str
    parts: dict[str, Any] = field(default_factory=dict)
    #: By the name of each imported file: how many versions ahead of it the row is, None if the file is not all of it.
    ahead_of_files: dict[str, int | None] = field(default_factory=dict)

    def digests(self) -> dict[str, str]:
        return {name: digest(value) for name, value in self.parts.items()}


def digest(value: Any) -> str:
    return sha256(_ENCODER.encode(value).encode()).hexdigest()[:16]


def states_of(model: type[models.Model], keys: Collection[int]) -> dict[int, RowState]:
    """Return the states of the rows with these keys, as stored; without those that do not exist."""
    found: dict[int, RowState] = {}
    waiting = sorted(keys)
    while waiting:
        chunk, waiting = waiting[:CHUNK], waiting[CHUNK:]
        found |= _states_of(model, chunk)
    return found


def relations_of(model: type[models.Model]) -> list[str]:
    """Return the relations whose rows are part of a thing, also those that a snapshot leaves out."""
    return [*model.snapshot_rows, *model.unlisted_rows] if issubclass(model, Publishable) else []


def choices_of(model: type[models.Model]) -> list[str]:
    """Return the many-to-many fields without a model of their own, such as the hosts of the podcast."""
    return [each.name for each in model._meta.local_many_to_many if each.remote_field.through._meta.auto_created]


def plain_fields(row: models.Model, *, without: Collection[str] = LEFT_OUT) -> dict[str, Any]:
    return {each.name: _plain(row, each) for each in row._meta.concrete_fields if each.name not in without}


def _states_of(model: type[models.Model], keys: list[int]) -> dict[int, RowState]:
    relations, choices = relations_of(model), choices_of(model)
    prefetched = [*relations, *choices, *([TAGS] if hasattr(model, TAGS) else [])]
    left_out = [each.name for each in model._meta.concrete_fields if each.name in DERIVED and not each.primary_key]
    rows = model._base_manager.filter(pk__in=keys).defer(*left_out).prefetch_related(*prefetched)
    states = {row.pk: RowState(str(row)[:300], plain_fields(row)) for row in rows}
    for row in rows:
        parts = states[row.pk].parts
        for name in relations:
            owner = model._meta.get_field(name).field.name
            parts[name] = [plain_fields(each, without={owner}) for each in _rows_of(row, name)]
        for name in choices:
            parts[name] = sorted(each.pk for each in getattr(row, name).all())
        if TAGS in prefetched:
            parts[TAGS] = sorted(tag.pk for tag in row.tags.all())
        parts |= {ADDRESSES: {}, FILES: {}}
    versions = {row.pk: getattr(row, "version", 0) for row in rows}
    owners: dict[str, Any] = {"content_type": ContentType.objects.get_for_model(model), "object_id__in": keys}
    for path in Path.objects.filter(**owners).order_by("path"):
        if path.object_id in states:
            states[path.object_id].parts[ADDRESSES][path.address] = address_state(path)
    for file in ImportedFile.objects.filter(**owners).order_by("name"):
        if state := states.get(file.object_id):
            left_out = ["id", "content_type", "object_id", "name", "version"]
            state.parts[FILES][file.name] = plain_fields(file, without=left_out)
            state.ahead_of_files[file.name] = versions[file.object_id] - file.version if file.version else None
    return states


def _rows_of(row: models.Model, name: str) -> Iterator[models.Model]:
    try:
        related = getattr(row, name)
    except ObjectDoesNotExist:  # a one-to-one relation without a row
        return
    yield from related.all() if hasattr(related, "all") else [related]


def _plain(row: models.Model, column: models.Field) -> Any:
    value = column.value_from_object(row)
    return value if isinstance(value, _PLAIN) else column.value_to_string(row)
