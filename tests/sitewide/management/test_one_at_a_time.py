"""Two processes at once: `prepare` waits for the other one, `tick` leaves the work to it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from interaxion.sitewide.management.one_at_a_time import AlreadyRuns, one_at_a_time

pytestmark = pytest.mark.postgres
FRESH = "interaxion_fresh"


@contextmanager
def fresh_database(folder) -> Iterator[str]:
    """Make an empty database of the kind that the tests run on, and yield its DATABASE_URL."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'fresh.sqlite3'}"
        return
    server = {key: quote(value, safe="") for key, value in connection.settings_dict.items() if isinstance(value, str)}
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {FRESH}")
    try:
        yield f"postgres://{server['USER']}:{server['PASSWORD']}@{server['HOST']}:{server['PORT']}/{FRESH}"
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {FRESH}")


@pytest.mark.django_db(transaction=True)
def test_two_that_prepare_an_empty_database_at_once_both_succeed(tmp_path):
    with fresh_database(tmp_path) as url:
        environment = os.environ | {"DATABASE_URL": url, "VAR_DIR": str(tmp_path), "DEMO": "0"}
        command = [sys.executable, "manage.py", "prepare"]
        options = {"cwd": settings.BASE_DIR, "env": environment, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        both = [subprocess.Popen(command, **options, text=True) for _ in range(2)]
        told = [process.communicate()[0] for process in both]

    assert [process.returncode for process in both] == [0, 0], told
    assert sum("Preparing the database" in each for each in told) == 1


@pytest.mark.django_db
def test_second_tick_leaves_the_work_to_the_first(capsys):
    with one_at_a_time("tick"):
        call_command("tick")
    assert "another tick is at work" in capsys.readouterr().out

    call_command("tick")
    assert "links asked for" in capsys.readouterr().out


@pytest.mark.django_db
def test_lock_is_free_after_a_failure():
    with pytest.raises(ZeroDivisionError), one_at_a_time("work"):
        raise ZeroDivisionError

    with one_at_a_time("work", waits=False), one_at_a_time("other work", waits=False), pytest.raises(AlreadyRuns):  # noqa: SIM117
        with one_at_a_time("work", waits=False):
            pass
