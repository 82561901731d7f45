"""Pages that cannot be made: what visitors, feed readers and the log are told."""

import errno
import re
import sqlite3

import psycopg
import pytest
from django.conf import settings
from django.db import IntegrityError, OperationalError, ProgrammingError, connection
from django.test import RequestFactory

from interaxion.serving.errors.pages import is_database_away, is_disk_full, server_error
from tests.factories import make_episode


def wrapped(cause: Exception, kind: type[Exception] = OperationalError) -> Exception:
    """Return what Django raises for an error of a database driver."""
    problem = kind(*cause.args)
    problem.__cause__ = cause
    return problem


def postgresql_error(state: str) -> Exception:
    return wrapped(psycopg.errors.lookup(state)("told by the server"))


def sqlite_error(name: str) -> Exception:
    cause = sqlite3.OperationalError("told by SQLite")
    cause.sqlite_errorname = name
    return wrapped(cause)


AWAY = [
    wrapped(psycopg.OperationalError("connection failed")),
    *map(postgresql_error, ["08006", "28P01", "3D000", "53300", "57P01", "57P03"]),
    *map(sqlite_error, ["SQLITE_BUSY", "SQLITE_CANTOPEN"]),
]
FULL = [OSError(errno.ENOSPC, "No space left on device"), postgresql_error("53100"), sqlite_error("SQLITE_FULL")]
OURS = [
    ZeroDivisionError(),
    OSError(errno.EIO, "Input/output error"),
    IntegrityError(),
    *map(postgresql_error, ["40P01", "57014"]),
    sqlite_error("SQLITE_ERROR"),
    wrapped(sqlite3.OperationalError("no such table"), ProgrammingError),
]


def answer_for(problem: Exception):
    try:
        raise problem
    except Exception:
        return server_error(RequestFactory().get("/"))


@pytest.mark.parametrize(
    ("problem", "status"),
    [(each, status) for status, problems in ((503, AWAY), (507, FULL), (500, OURS)) for each in problems],
    ids=repr,
)
def test_status_says_whose_fault_it_is(problem, status):
    response = answer_for(problem)

    assert (response.status_code, response["Cache-Control"]) == (status, "no-store")
    assert response.get("Retry-After") == ("30" if status == 503 else None)
    assert (is_database_away(problem), is_disk_full(problem)) == (status == 503, status == 507)


@pytest.mark.parametrize("problem", [AWAY[0], FULL[0], OURS[0]], ids=["503", "507", "500"])
def test_page_is_in_both_languages_and_needs_no_database(problem):
    html = answer_for(problem).content.decode()

    assert '<html lang="ja">' in html and '<div lang="en">' in html
    stylesheets = re.findall(r'href="/static/([^"]+)"', html)
    assert stylesheets and all((settings.BASE_DIR / "static" / each).exists() for each in stylesheets)


@pytest.fixture
def database_away():
    """Let no query reach the database, as if it had gone after this process had connected."""

    def refuse(*_arguments):
        raise wrapped(psycopg.OperationalError("connection failed:\nConnection refused"))

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/1", "/feed.xml", "/nothing", "/admin/", "/search?q=x", "/healthz"])
def test_database_that_is_away_is_503_on_every_page(client, database_away, path):
    client.raise_request_exception = False
    client.cookies["sessionid"] = "a" * 32

    response = client.get(path)

    assert (response.status_code, response["Retry-After"]) == (503, "30")


@pytest.mark.django_db
def test_full_disk_is_told(client):
    episode = make_episode(number="1", live=True)
    client.raise_request_exception = False

    def refuse(*_arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    with connection.execute_wrapper(refuse):
        response = client.get(episode.path)

    assert response.status_code == 507
    assert "The disk of the server is full" in response.content.decode()
