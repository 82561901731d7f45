"""RQ over Redis instead of the database, by TASKS_URL."""

import django_rq
import pytest
from django_tasks_rq import Job as RqJob
from rq import SimpleWorker

from interaxion import environment
from interaxion.content.jobs.job import JobState
from interaxion.content.jobs.kinds import JobKind, register
from interaxion.content.jobs.work import Work
from tests.factories import make_user
from tests.jobs import make_job, run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.redis]


def say(work: Work) -> None:
    work.report = "した"


SAYING = register(JobKind("saying", "言う", say, lambda user, inputs: False))


def test_job_is_run_by_a_worker_of_rq(redis_url, settings):
    wiring = environment.tasks(redis_url)
    settings.TASKS_URL, settings.RQ_QUEUES = redis_url, wiring["rq_queues"]
    settings.TASKS = {"default": {"BACKEND": wiring["backend"]}}
    job = make_job(SAYING, user=make_user())

    assert run_jobs() == 0  # handed over, and left to the workers of RQ
    queue = django_rq.get_queue("default", job_class=RqJob)
    assert queue.count == 1
    SimpleWorker([queue], connection=queue.connection, job_class=RqJob).work(burst=True)

    job.refresh_from_db()
    assert (job.state, job.report) == (JobState.DONE, "した")


def test_tasks_url_is_that_of_redis_or_empty():
    assert environment.tasks("")["backend"] == "django_tasks_db.DatabaseBackend"
    with pytest.raises(ValueError, match="TASKS_URL"):
        environment.tasks("http://example.org")
