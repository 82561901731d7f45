"""The rows of a table as JSON Lines, one object a line, streamed both ways."""

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import DatabaseError, models, transaction
from django.utils.duration import duration_iso_string

from interaxion.sitewide.backup.refusals import BackupRefused, reason_of

#: Rows that are in memory at the same time.
BATCH = 500


def write_rows(rows: models.QuerySet, *, without: Iterable[str] = ()) -> Iterator[bytes]:
    """Yield each row as a line, in the order of the primary key. Columns `without` are left out."""
    names = [field.attname for field in rows.model._meta.concrete_fields if field.attname not in without]
    for row in rows.order_by("pk").values_list(*names).iterator(chunk_size=BATCH):
        values = dict(zip(names, row, strict=True))
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=_spell).encode() + b"\n"


def load_rows(model: type[models.Model], lines: Iterable[bytes]) -> None:
    """Write the rows of these lines to the table. `model` is a historical one. Raises BackupRefused."""
    fields = model._meta.concrete_fields
    for field in fields:
        if isinstance(field, models.DateField):
            field.auto_now = field.auto_now_add = False  # the time of the row, not of its restoration
    lines = iter(lines)
    while batch := [_read(model, fields, line) for line in islice(lines, BATCH)]:
        _insert(model, batch)


def _insert(model: type[models.Model], batch: list[models.Model]) -> None:
    try:
        with transaction.atomic():
            model._base_manager.bulk_create(batch)
    except DatabaseError as problem:
        if len(batch) == 1:
            row = f"row {batch[0].pk} of {model._meta.label_lower}"
            raise BackupRefused(f"Nothing was restored: {row} does not fit ({reason_of(problem)}).") from problem
        for row in batch:  # to find out which one
            _insert(model, [row])
        raise


def _read(model: type[models.Model], fields: Iterable[models.Field], line: bytes) -> models.Model:
    values = json.loads(line)
    return model(**{field.attname: field.to_python(values[field.attname]) for field in fields})


def _spell(value: Any) -> str:
    """Return a value that JSON has no form for as a text that `Field.to_python()` reads. Raises TypeError."""
    if isinstance(value, (date, time)):  # a datetime is a date
        return value.isoformat()  # with microseconds, which Django's own encoder cuts off
    if isinstance(value, (Decimal, UUID)):
        return str(value)
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(value).decode()
    raise TypeError(f"{type(value)} has no form in JSON")
