"""Queueing a job, stopping it, trying it again. None of these does the work itself."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext_noop

from interaxion.content.jobs.job import Job, JobState, add_line
from interaxion.content.jobs.kinds import JobKind
from interaxion.content.jobs.running import run_job


@transaction.atomic
def queue_job(kind: JobKind, *, subject: str, about: str, inputs: Mapping[str, Any], user: Any) -> Job:
    """Return the unfinished job of this kind and subject, or else a new one, for a worker to begin after the commit."""
    job, is_new = Job.objects.unfinished().get_or_create(
        kind=kind.name,
        subject=subject,
        defaults={"about": about[:300], "inputs": dict(inputs), "user": user, "language": get_language() or ""},
    )
    if is_new:
        _hand_over_after_commit(job.pk)
    return job


def ask_to_stop(job: Job) -> None:
    """Stop a job that waits, or ask the worker to leave it after the present step. Of one that is over, nothing."""
    now = timezone.now()
    mine = Job.objects.filter(pk=job.pk)
    if not mine.filter(state=JobState.QUEUED).update(state=JobState.STOPPED, stop_asked_at=now, ended_at=now):
        mine.filter(state=JobState.RUNNING).update(stop_asked_at=now)


@transaction.atomic
def try_again(job: Job) -> Job:
    """Queue a job again that failed or was stopped. Return it, or the job of the same subject that does so already."""
    again = Job.objects.filter(pk=job.pk, state__in=[JobState.FAILED, JobState.STOPPED])
    log = add_line(job.log, gettext_noop("Tried again."), {})
    fields = {"state": JobState.QUEUED, "queued_at": timezone.now(), "log": log, "losses": 0, "done": 0, "total": 0}
    try:
        with transaction.atomic():
            is_moved = again.update(**fields, ended_at=None, stop_asked_at=None, task_id="", lease="", report=None)
    except IntegrityError:
        return Job.objects.unfinished().get(kind=job.kind, subject=job.subject)
    if is_moved:
        _hand_over_after_commit(job.pk)
    return job


def _hand_over_after_commit(pk: int) -> None:
    # Robust: if the queue is away, the row waits, and `take_up` hands it over later.
    transaction.on_commit(partial(hand_over, pk), robust=True)


def hand_over(pk: int) -> None:
    """Give the job to the library's queue. Twice does no harm: one worker can claim it."""
    Job.objects.filter(pk=pk).update(task_id=run_job.enqueue(pk).id)
