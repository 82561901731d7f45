"""The pages of failures: our mistake (500), the database is away (503), the disk is full (507)."""

import errno
import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from interaxion.serving.errors.request_id import current_request_id

#: Seconds after which clients ask again, if the database is away.
RETRY_AFTER = 30
#: PostgreSQL: connection lost or refused, too many connections, no such database, shut down or starting.
#: https://www.postgresql.org/docs/current/errcodes-appendix.html
_AWAY_STATES = ("08", "28", "3D", "53300", "57P")
_AWAY_IN_SQLITE = ("SQLITE_CANTOPEN", "SQLITE_BUSY", "SQLITE_NOTADB")
_FULL = {"53100", "SQLITE_FULL"}


def is_database_away(problem: BaseException | None) -> bool:
    """Whether the database cannot be reached, or is too busy to answer; a wrong query is something else."""
    if not isinstance(problem, OperationalError | InterfaceError):
        return False
    if isinstance(problem.__cause__, Exception) and hasattr(problem.__cause__, "sqlite_errorname"):
        return problem.__cause__.sqlite_errorname.startswith(_AWAY_IN_SQLITE)
    state = getattr(problem.__cause__, "sqlstate", None)
    return state is None or state.startswith(_AWAY_STATES)


def is_disk_full(problem: BaseException | None) -> bool:
    if isinstance(problem, OSError):
        return problem.errno in {errno.ENOSPC, errno.EDQUOT}
    cause = getattr(problem, "__cause__", None)
    return getattr(cause, "sqlstate", None) in _FULL or getattr(cause, "sqlite_errorname", None) in _FULL


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a request that failed, with a plain page in both languages that needs no database."""
    problem = sys.exc_info()[1]
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    if is_database_away(problem):
        status = HTTPStatus.SERVICE_UNAVAILABLE
    elif is_disk_full(problem):
        status = HTTPStatus.INSUFFICIENT_STORAGE
    page = render_to_string(f"{status:d}.html", {"request_id": current_request_id()})
    response = HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response
