"""A running job as others see it: its progress, and that it is asked to stop."""

import threading

import pytest
from django.db import connection

from interaxion.content.jobs import work as work_module
from interaxion.content.jobs.job import Job, JobState
from interaxion.content.jobs.kinds import JobKind, register
from interaxion.content.jobs.queueing import ask_to_stop
from interaxion.content.jobs.work import Work
from interaxion.sitewide.importing.rehearsal import rehearse
from tests.factories import make_user
from tests.jobs import make_job, run_jobs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

#: Seconds: no test waits that long.
PATIENCE = 20
seen: list[tuple[int, int, str]] = []


def in_another_thread(act) -> None:
    """Do something as another process would: on a connection of its own, outside of any open transaction."""

    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(PATIENCE)
    assert not thread.is_alive()


def rehearse_for_long(work: Work) -> None:
    with rehearse():
        Job.objects.create(kind="written in the rehearsal", subject="1")
        work.expect(1_000_000)
        look = threading.Event()
        for number in range(1_000_000):
            if number == 3:
                in_another_thread(watch_and_stop)
            work.step()
            if number >= 3:
                look.wait(0.01)  # until the reporter has read the row


def watch_and_stop() -> None:
    job = Job.objects.get(kind="rehearsal")
    seen.append((job.total, job.done, job.state))
    ask_to_stop(job)


REHEARSAL = register(JobKind("rehearsal", "練習", rehearse_for_long, lambda user, inputs: False))


def test_progress_is_seen_and_stop_is_heard_during_one_long_transaction(monkeypatch):
    monkeypatch.setattr(work_module, "BEAT", 0.01)
    seen.clear()
    make_job(REHEARSAL, user=make_user())

    run_jobs()

    job = Job.objects.get()  # what the rehearsal wrote is gone
    assert (job.state, job.total) == (JobState.STOPPED, 1_000_000)
    assert 3 < job.done < 1_000_000
    assert seen[0][2] == JobState.RUNNING
