"""Jobs in tests: they run when the test says so."""

from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import patch

from interaxion.content.jobs.job import Job
from interaxion.content.jobs.kinds import JobKind
from interaxion.content.jobs.queueing import queue_job
from interaxion.content.jobs.worker import run_waiting


def make_job(kind: JobKind, *, subject: str = "件", user: Any, about: str = "例", **inputs: Any) -> Job:
    return queue_job(kind, subject=subject, about=about, inputs=inputs, user=user)


def keep_connection() -> AbstractContextManager[Any]:
    """Let no worker close the connection inside the block: the transaction of a test would end with it.

    The library's worker does so between two tasks, as Django does between two requests.
    """
    return patch("django_tasks_db.management.commands.db_worker.close_old_connections")


def run_jobs() -> int:
    """Run what waits, in this process; jobs that still wait for the commit too. Return the number of tasks."""
    with keep_connection():
        return run_waiting()
