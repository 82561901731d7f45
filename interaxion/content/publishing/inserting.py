"""Many rows into a table, as they are: for rows that nobody uses as instances, such as derived ones.

`bulk_create()` takes three times as long, mostly to make the instances and to ask each field about each value.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, models

#: Types that every field hands to the database as they are.
_PLAIN = (str, int, type(None))


def insert_rows(model: type[models.Model], rows: Iterable[Mapping[str, Any]], *, leave_known: bool = False) -> None:
    """Insert rows, each given by its attributes, without reading back their keys; one that is left out has its default.

    `leave_known`: whether a row that the table has already, by a unique column, is passed over. For the inside of a
    transaction.
    """
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    adapted = [_adapted(fields, row) for row in rows]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    head = f"INSERT INTO {model._meta.db_table} ({columns}) VALUES "  # noqa: S608  # nosec B608
    end = " ON CONFLICT DO NOTHING" if leave_known else ""
    place = f"({', '.join(['%s'] * len(fields))})"
    count = max(connection.ops.bulk_batch_size(fields, adapted), 1)
    with connection.cursor() as cursor:
        for start in range(0, len(adapted), count):
            some = adapted[start : start + count]
            cursor.execute(head + ", ".join([place] * len(some)) + end, [value for row in some for value in row])


def _adapted(fields: Iterable[models.Field], row: Mapping[str, Any]) -> list[Any]:
    values = []
    for field in fields:
        value = row[field.attname] if field.attname in row else field.get_default()
        is_plain = type(value) in _PLAIN and not isinstance(field, models.JSONField)
        values.append(value if is_plain else field.get_db_prep_save(value, connection))
    return values
