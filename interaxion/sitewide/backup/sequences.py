"""The last number that a table gave to a row. Rows that refer to a deleted one must not be taken for a later one's."""

from django.db import connection, models


def last_id(model: type[models.Model]) -> int:
    """Return the last id that the database gave; 0 if it gave none or counts none."""
    if not isinstance(model._meta.pk, models.AutoField):
        return 0
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        elif sequence := _sequence(model):
            cursor.execute(f"SELECT last_value FROM {sequence}")  # noqa: S608 (PostgreSQL spells it)  # nosec B608
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else 0


def continue_from(model: type[models.Model], last: int) -> None:
    """Let the next new row have an id above `last`, and above those of all rows."""
    if not isinstance(model._meta.pk, models.AutoField):
        return
    last = max(last, model._base_manager.aggregate(highest=models.Max("pk"))["highest"] or 0)
    if not last:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [model._meta.db_table, last])
        elif sequence := _sequence(model):
            cursor.execute("SELECT setval(%s, %s)", [sequence, last])


def _sequence(model: type[models.Model]) -> str | None:
    """Return the name of PostgreSQL's sequence, quoted where it must be."""
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(model._meta.db_table)
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, model._meta.pk.column])
        return cursor.fetchone()[0]
