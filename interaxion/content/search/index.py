"""The n-gram index of the search rows: an FTS5 table over words on SQLite, a GIN index over integers on PostgreSQL.

Both follow the column `grams` of the rows: by triggers on SQLite, as any index on PostgreSQL. So every statement that
writes rows also indexes them, in the same transaction. The first migration makes it. A later one that lets SQLite copy
the table of the rows drops the triggers with it, and must make them again.
"""

from collections.abc import Sequence

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, QuerySet
from django.db.models.expressions import RawSQL

from interaxion.content.search.rows import SearchRow, spell_grams

_REMOVAL = {
    "sqlite": (
        "DROP TRIGGER content_searchrow_inserted",
        "DROP TRIGGER content_searchrow_deleted",
        "DROP TRIGGER content_searchrow_updated",
        "DROP TABLE content_searchindex",
    ),
    "postgresql": ("DROP INDEX content_searchrow_grams",),
}

_ARMS = {
    "sqlite": (
        "SELECT * FROM (SELECT {arm}, rowid FROM content_searchindex WHERE content_searchindex MATCH %s{among}"
        " ORDER BY rowid DESC LIMIT %s)"
    ),
    "postgresql": (
        "(SELECT {arm}, id FROM content_searchrow candidate WHERE grams @> %s::integer[]{among}"
        " ORDER BY id DESC LIMIT %s)"
    ),
}
_CANDIDATE = {"sqlite": "content_searchindex.rowid", "postgresql": "candidate.id"}


def drop_index(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for statement in _REMOVAL[connection.vendor]:
            cursor.execute(statement)


def find_candidates(
    alternatives: Sequence[set[int]], *, most: int, among: QuerySet[SearchRow] | None = None, are_few: bool = False
) -> list[list[int]]:
    """Return, for each alternative, the ids of the rows that hold all its grams, in one query.

    At most `most` ids each, the last written first; only rows of `among`, if given. `are_few`: whether reading
    these rows takes less time than looking up each row that the index finds.
    """
    found: list[list[int]] = [[] for _ in alternatives]
    vendor = connection.vendor
    narrowed, among_parameters = _narrowed(among, are_few)
    arms = [_ARMS[vendor].format(arm=arm, among=narrowed) for arm in range(len(alternatives))]
    parameters: list[object] = []
    for grams in alternatives:
        parameters += [spell_grams(grams) if vendor == "sqlite" else sorted(grams), *among_parameters, most]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(arms), parameters)
        for arm, id in cursor.fetchall():
            found[arm].append(id)
    return found


def _narrowed(among: QuerySet[SearchRow] | None, are_few: bool) -> tuple[str, tuple[object, ...]]:
    """Return the condition that a candidate is one of these rows, and its parameters."""
    if among is None:
        return "", ()
    candidate = _CANDIDATE[connection.vendor]
    rows = among.order_by().values("pk")
    if not are_few:
        rows = rows.filter(pk=RawSQL(candidate, (), BigIntegerField()))  # noqa: S611  # nosec B611 (a name of ours)
    try:
        sql, parameters = rows.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return " AND 1 = 0", ()
    # The unary plus keeps the ids from FTS5, which would repeat the search for each of them.
    return (f" AND +{candidate} IN ({sql})" if are_few else f" AND EXISTS ({sql})"), parameters
