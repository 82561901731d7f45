"""The schema at any state of its migrations. A state is a sorted list of them, such as `episodes.0001_initial`."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from django.apps.registry import Apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from interaxion.content.search.index import drop_index


def present_state() -> list[str]:
    """Return the migrations that the database has; none for a new one."""
    loader = MigrationLoader(connection)
    return sorted(f"{app}.{name}" for app, name in loader.applied_migrations if app in loader.migrated_apps)


def newest_state() -> list[str]:
    """Return the migrations that this release has."""
    return sorted(f"{app}.{name}" for app, name in MigrationLoader(None).graph.nodes)


def apps_at(state: Sequence[str]) -> Apps:
    """Return the models as they were at this state."""
    return MigrationLoader(connection).project_state(_nodes(state)).apps


def migrate_to(state: Collection[str]) -> None:
    """Bring an empty database to this state."""
    executor = MigrationExecutor(connection)
    nodes = set(_nodes(state))
    graph = executor.loader.graph.node_map
    has_next = {parent.key for node in nodes for parent in graph[node].parents if parent.key[0] == node[0]}
    executor.migrate(sorted(nodes - has_next))


def drop_tables() -> None:
    """Drop every table of a database of the newest state, in the present transaction."""
    drop_index(connection)
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.schema_editor() as editor:
        for table in [*tables, MigrationRecorder.Migration._meta.db_table]:
            editor.execute(editor.sql_delete_table % {"table": editor.quote_name(table)})
    ContentType.objects.clear_cache()


def lock_tables() -> None:
    """Let nobody write before the transaction ends. On SQLite nobody can anyway."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    if connection.vendor == "postgresql" and tables:
        names = ", ".join(map(connection.ops.quote_name, sorted(tables)))
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")


@contextmanager
def constraints_deferred() -> Iterator[None]:
    """Rows may come in any order inside the block; at its end all foreign keys are checked. For a transaction."""
    _set_constraints("DEFERRED")
    yield
    connection.check_constraints()
    _set_constraints("IMMEDIATE")  # PostgreSQL alters no table while a check of it waits


def _set_constraints(mode: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS ALL {mode}")


def _nodes(state: Collection[str]) -> list[tuple[str, str]]:
    return [(app, name) for app, _dot, name in (migration.partition(".") for migration in state)]
