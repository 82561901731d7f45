"""`/healthz`, for whoever watches the site: 200 if pages work, 503 with the reasons where a page would fail."""

from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from interaxion.content.release import VERSION, release_key
from interaxion.serving.errors.pages import RETRY_AFTER

#: What `collectstatic` leaves out.
_NOT_COLLECTED = ["CVS", ".*", "*~"]
#: The cure of both: what was collected is read when a process starts.
_CURE = "run manage.py prepare and restart"


def healthz(request: HttpRequest) -> JsonResponse:
    problems = _find_problems()
    answer = {"status": "failing" if problems else "ok", "version": VERSION, "release": release_key()}
    headers = {"Cache-Control": "no-store"}
    if not problems:
        return JsonResponse(answer, headers=headers)
    return JsonResponse(
        answer | {"problems": problems}, status=503, headers=headers | {"Retry-After": str(RETRY_AFTER)}
    )


def _find_problems() -> list[str]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return _start.problems()
    except Error:
        return ["the database does not answer"]


class _Start:
    """The problems that only the start of a process can have. They are looked for until there is none."""

    def __init__(self) -> None:
        self.was_good = False

    def problems(self) -> list[str]:
        if self.was_good:
            return []
        found = []
        if _lacks_migrations():
            found.append(f"the database is of an older release: {_CURE}")
        if _lacks_static_files():
            found.append(f"static files of this release are missing: {_CURE}")
        self.was_good = not found
        return found


_start = _Start()


def _lacks_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _lacks_static_files() -> bool:
    collected = getattr(staticfiles_storage, "hashed_files", None)
    if collected is None:  # DEBUG: served from their sources
        return False
    names = (name for finder in get_finders() for name, _storage in finder.list(_NOT_COLLECTED))
    return any(staticfiles_storage.hash_key(name) not in collected for name in names)
