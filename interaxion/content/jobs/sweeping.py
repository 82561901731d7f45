"""Deleting the rows and uploads of jobs that ended long ago."""

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from interaxion.content.jobs.job import KEPT_FOR, UNFINISHED, Job
from interaxion.content.jobs.leases import sweep_leases
from interaxion.content.jobs.uploads import sweep_uploads

#: Jobs explain a failure in their log; the library's results hold its traceback, and are many.
RESULTS_KEPT_FOR = timedelta(days=14)


def sweep_jobs() -> None:
    now = timezone.now()
    Job.objects.filter(ended_at__lt=now - KEPT_FOR).exclude(state__in=UNFINISHED).delete()
    # Also those that seem to run: their workers were killed. What waits stays.
    DBTaskResult.objects.filter(enqueued_at__lt=now - RESULTS_KEPT_FOR, started_at__isnull=False).delete()
    sweep_leases()
    sweep_uploads()
