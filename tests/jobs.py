"""Jobs in tests: they run when the test says so."""

from typing import Any
from unittest.mock import patch

from interaxion.content.jobs.job import Job
from interaxion.content.jobs.kinds import JobKind
from interaxion.content.jobs.queueing import queue_job
from interaxion.content.jobs.worker import run_waiting


def make_job(kind: JobKind, *, subject: str = "件", user: Any, about: str = "例", **inputs: Any) -> Job:
    return queue_job(kind, subject=subject, about=about, inputs=inputs, user=user)


def run_jobs() -> int:
    """Run what waits, in this process; jobs that still wait for the commit too. Return the number of tasks.

    The library's worker closes connections between two tasks. The transaction of a test would end with its connection.
    """
    with patch("django_tasks_db.management.commands.db_worker.close_old_connections"):
        return run_waiting()
