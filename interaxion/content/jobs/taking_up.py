"""Taking up jobs that no worker does any more: their worker died, or the queue has lost them."""

import logging
from datetime import timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus, default_task_backend
from django_tasks.exceptions import TaskResultDoesNotExist

from interaxion.content.jobs.job import Job, JobState
from interaxion.content.jobs.leases import is_gone
from interaxion.content.jobs.queueing import hand_over
from interaxion.content.jobs.running import give_back

#: Between the library's claim of a task and ours of the job is a moment.
MOMENT = timedelta(seconds=10)

logger = logging.getLogger(__name__)


def take_up() -> None:
    """Queue again what got lost. One query if nothing is unfinished; idempotent, and harmless beside other workers."""
    for job in Job.objects.unfinished().defer("report", "inputs"):
        if job.state == JobState.RUNNING and is_gone(job.lease, job.heard_at):
            give_back(job, losses=job.losses + 1)
            job.refresh_from_db(fields=["state", "task_id"])
        try:
            if job.state == JobState.QUEUED and not _is_in_queue(job):
                hand_over(job.pk)
        except Exception as problem:  # whatever the client of a queue raises
            logger.warning("Jobs wait for the queue, which is away: %s", problem)
            return


def _is_in_queue(job: Job) -> bool:
    if not job.task_id:
        return False
    if job.queued_at > timezone.now() - MOMENT:
        return True
    try:
        return default_task_backend.get_result(job.task_id).status == TaskResultStatus.READY
    except TaskResultDoesNotExist:
        return False
