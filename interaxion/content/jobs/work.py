"""The work of a job as the function sees it that does it, and the thread that reports meanwhile.

The work may run in one long transaction, whose writes nobody else sees. So a thread with a connection of its own writes
how far it is, and reads whether somebody asked to stop.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import Error, connection, connections
from django.utils import timezone

from interaxion.content.jobs.ending import is_ending
from interaxion.content.jobs.job import Job, add_line

#: Seconds between two looks at the row.
BEAT = 1.0
#: Seconds after which the row is written though nothing has changed: the heartbeat.
HEARTBEAT = 15.0


class Stopped(Exception):
    """The work was left between two steps: somebody asked to, its worker ends, or another one has its lease."""


class Work:
    def __init__(self, job: Job) -> None:
        self.job = job
        self.inputs: dict[str, Any] = job.inputs
        self.done, self.total, self.log = 0, 0, job.log
        #: What the page of the job shows in the end, as JSON; also of work that was left.
        self.report: Any = None
        self.is_stop_asked = self.is_lost = False

    def expect(self, count: int) -> None:
        self.total += count

    def step(self, message: str = "", **params: Any) -> None:
        """Count a step as done and log it. Raises Stopped, as `look()` does."""
        self.done += 1
        if message:
            self.log = add_line(self.log, message, params)
        self.look()

    def look(self) -> None:
        """Raise Stopped if the work has to be left here."""
        if self.is_stop_asked or self.is_lost or is_ending():
            raise Stopped

    def progress(self) -> dict[str, Any]:
        """Return the fields of the row that change meanwhile."""
        return {"done": self.done, "total": max(self.total, self.done), "log": self.log}


class Reporter:
    """Reports the progress of work, and finds out whether it is to stop."""

    def __init__(self, work: Work) -> None:
        self.work, self.ended = work, threading.Event()
        self.written: dict[str, Any] = {}
        self.written_at = time.monotonic()

    def run(self) -> None:
        try:
            while not self.ended.wait(BEAT):
                try:
                    self.beat()
                except Error:  # the database is busy or away: the next beat tries again
                    connection.close()
        finally:
            connections.close_all()

    def beat(self) -> None:
        mine = Job.objects.filter(pk=self.work.job.pk, lease=self.work.job.lease)
        progress = self.work.progress()
        if progress != self.written or time.monotonic() > self.written_at + HEARTBEAT:
            mine.update(heard_at=timezone.now(), **progress)
            self.written, self.written_at = progress, time.monotonic()
        row = mine.values_list("stop_asked_at").first()
        self.work.is_lost = row is None
        self.work.is_stop_asked = row is not None and row[0] is not None


@contextmanager
def reporting(work: Work) -> Iterator[None]:
    """Report meanwhile. If the row of the job is in an open transaction, as in most tests, nobody could see it."""
    if connection.in_atomic_block:
        yield
        return
    reporter = Reporter(work)
    thread = threading.Thread(target=reporter.run, name="job-reporter", daemon=True)
    thread.start()
    try:
        yield
    finally:
        reporter.ended.set()
        thread.join()
