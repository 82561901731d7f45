"""Running a job: the one task of the library. A job is claimed by one worker, and ends once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext_noop
from django_tasks import task

from interaxion.content.jobs.ending import ends_softly
from interaxion.content.jobs.job import Job, JobState, add_line
from interaxion.content.jobs.kinds import find_kind
from interaxion.content.jobs.leases import hold_lease
from interaxion.content.jobs.work import Stopped, Work, reporting
from interaxion.content.site_time import SITE_ZONE

#: A job during which as many workers died is given up: it may be what kills them.
MOST_LOSSES = 3


@task()
def run_job(pk: int) -> None:
    """Do the work, if it still waits. A failure is raised again, so that the library keeps its traceback."""
    with hold_lease() as lease:
        if job := _claim(pk, lease):
            _run(job)


def _claim(pk: int, lease: str) -> Job | None:
    """Return the job, now running, or None: it was stopped, or another worker has it (compare and swap)."""
    now = timezone.now()
    fields = {"state": JobState.RUNNING, "lease": lease, "started_at": now, "heard_at": now}
    is_mine = Job.objects.filter(pk=pk, state=JobState.QUEUED).update(**fields, done=0, total=0, report=None)
    return Job.objects.get(pk=pk) if is_mine else None


@contextmanager
def _site_time() -> Iterator[None]:
    SITE_ZONE.learn()
    with timezone.override(SITE_ZONE):
        yield


def _run(job: Job) -> None:
    work = Work(job)
    try:
        kind = find_kind(job.kind)
        if kind is None:
            raise LookupError(f"this release has no job of the kind {job.kind!r}")
        with ends_softly(), reporting(work), translation.override(job.language), _site_time():
            kind.work(work)
    except Stopped:
        if work.is_stop_asked:
            _finish(work, JobState.STOPPED)
        elif not work.is_lost:
            give_back(job, **work.progress())
    except Exception as problem:
        work.log = add_line(work.log, "%(problem)s", {"problem": f"{type(problem).__name__}: {problem}"})
        _finish(work, JobState.FAILED)
        raise
    except BaseException:
        give_back(job, losses=job.losses + 1)
        raise
    else:
        _finish(work, JobState.DONE)


def _finish(work: Work, state: Any) -> None:
    _move(work.job, state=state, ended_at=timezone.now(), report=work.report, **work.progress())


def give_back(job: Job, **fields: Any) -> None:
    """Let another worker begin again, after one that ended or died; give up a job that several died of."""
    log = fields.pop("log", job.log)
    if job.stop_asked_at:
        _move(job, state=JobState.STOPPED, ended_at=timezone.now(), log=log, **fields)
    elif fields.get("losses", 0) >= MOST_LOSSES:
        log = add_line(log, gettext_noop("Given up: %(count)d workers ended during it."), {"count": MOST_LOSSES})
        _move(job, state=JobState.FAILED, ended_at=timezone.now(), log=log, **fields)
    else:
        log = add_line(log, gettext_noop("Its worker ended; another one begins again."), {})
        _move(job, state=JobState.QUEUED, task_id="", log=log, **fields)


def _move(job: Job, **fields: Any) -> None:
    """Change the row, if the job still has the lease that was read: whoever lost it has nothing to say."""
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING, lease=job.lease).update(lease="", **fields)
