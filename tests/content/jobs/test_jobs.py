"""A job from the button to its end: queued once, run once, left, repeated, and taken up after its worker died."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django_tasks import TaskResultStatus
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from interaxion.content.jobs import ending, leases, running
from interaxion.content.jobs.job import KEPT_FOR, MOST_LINES, Job, JobState
from interaxion.content.jobs.kinds import JobKind, register
from interaxion.content.jobs.leases import hold_lease
from interaxion.content.jobs.queueing import ask_to_stop, try_again
from interaxion.content.jobs.sweeping import sweep_jobs
from interaxion.content.jobs.taking_up import take_up
from interaxion.content.jobs.work import Work
from tests.factories import make_editor, make_host
from tests.jobs import make_job, run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

#: What the function of the kind below does, set by each test.
acts: list = []


def work(job: Work) -> None:
    job.report = []
    job.expect(len(acts))
    for act in acts:
        job.report.append(act(job))
        job.step("%(file)s: created", file="一.md")


TRIAL = register(JobKind("trial", "試し: %(about)s", work, lambda user, inputs: user.has_perm("posts.publish_post")))


@pytest.fixture(autouse=True)
def nothing_to_do():
    acts.clear()


def again(job: Job) -> Job:
    job.refresh_from_db()
    return job


def test_job_is_queued_and_done_by_the_worker_with_its_report():
    acts[:] = [lambda job: "一", lambda job: job.inputs["word"]]
    job = make_job(TRIAL, user=make_host(), word="二")
    assert (again(job).state, str(job), job.report) == (JobState.QUEUED, "試し: 例", None)

    assert run_jobs() == 1

    assert (again(job).state, job.report, job.done, job.total) == (JobState.DONE, ["一", "二"], 2, 2)
    with translation.override("en"):
        assert job.log_lines() == ["一.md: created"] * 2
    assert DBTaskResult.objects.get(pk=job.task_id).status == TaskResultStatus.SUCCESSFUL
    assert run_jobs() == 0


def test_button_pressed_twice_queues_one_job_until_it_is_over():
    user = make_host()
    first, second = make_job(TRIAL, user=user), make_job(TRIAL, user=make_host())
    assert first == second and make_job(TRIAL, subject="別", user=user) != first

    run_jobs()

    assert make_job(TRIAL, user=user) != first


def test_database_refuses_a_second_unfinished_job_of_the_same_subject():
    make_job(TRIAL, user=make_host())

    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="trial", subject="件")


def test_task_that_is_queued_twice_runs_once():
    ran = []
    acts[:] = [ran.append]
    job = make_job(TRIAL, user=make_host())
    running.run_job.enqueue(job.pk)
    running.run_job.enqueue(job.pk)

    run_jobs()

    assert len(ran) == 1 and again(job).state == JobState.DONE


def test_job_is_queued_only_after_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = make_job(TRIAL, user=make_host())
        assert not DBTaskResult.objects.exists()

    assert again(job).task_id == str(DBTaskResult.objects.get().pk)


def test_failure_is_told_and_can_be_tried_again(caplog):
    acts[:] = [lambda job: 1 / 0]
    job = make_job(TRIAL, user=make_host())
    run_jobs()
    assert (again(job).state, job.log_lines()) == (JobState.FAILED, ["ZeroDivisionError: division by zero"])
    assert "ZeroDivisionError" in DBTaskResult.objects.get(pk=job.task_id).traceback

    acts[:] = [lambda job: "よし"]
    assert try_again(job) == job
    run_jobs()

    assert (again(job).state, job.report, job.done) == (JobState.DONE, ["よし"], 1)


def test_trying_again_beside_a_newer_job_leads_to_that_one():
    user = make_host()
    old = make_job(TRIAL, user=user)
    ask_to_stop(old)
    new = make_job(TRIAL, user=user)

    assert try_again(again(old)) == new
    assert again(old).state == JobState.STOPPED


def test_job_that_waits_is_stopped_at_once():
    ran = []
    acts[:] = [ran.append]
    job = make_job(TRIAL, user=make_host())

    ask_to_stop(job)
    run_jobs()

    assert again(job).state == JobState.STOPPED and ran == []


def test_job_that_runs_is_left_after_the_step_and_keeps_its_report():
    def stop(job: Work) -> str:
        job.is_stop_asked = True  # what the reporter reads from the row
        return "一"

    acts[:] = [stop, lambda job: "二"]
    job = make_job(TRIAL, user=make_host())

    run_jobs()

    assert (again(job).state, job.report, job.done) == (JobState.STOPPED, ["一"], 1)


def die(job: Work) -> None:
    raise SystemExit


def test_job_of_a_dead_worker_begins_again_and_is_given_up_in_the_end(caplog):
    acts[:] = [die]
    job = make_job(TRIAL, user=make_host())

    for losses in (1, 2):
        run_jobs()
        assert (again(job).state, job.losses) == (JobState.QUEUED, losses)
    run_jobs()

    assert (again(job).state, job.losses) == (JobState.FAILED, 3)


def mark_running(job: Job, lease: str, heard_at=None) -> None:
    fields = {"state": JobState.RUNNING, "lease": lease, "heard_at": heard_at or timezone.now()}
    Job.objects.filter(pk=job.pk).update(**fields)


def test_job_of_a_worker_that_lives_is_left_alone_and_of_one_that_was_killed_is_taken_up():
    job = make_job(TRIAL, user=make_host())
    with hold_lease() as lease:
        mark_running(job, lease, timezone.now() - 2 * leases.SILENCE)  # its steps are long
        assert run_jobs() == 0
        killed = leases.folder() / "killed"
        killed.write_text("a lock that the system has released")

    mark_running(job, "killed")
    assert run_jobs() == 1

    assert (again(job).state, job.losses) == (JobState.DONE, 1)


def test_job_of_another_machine_is_taken_up_when_its_worker_was_silent_for_long():
    job = make_job(TRIAL, user=make_host())
    mark_running(job, "elsewhere")
    assert run_jobs() == 0

    mark_running(job, "elsewhere", timezone.now() - leases.SILENCE)
    assert run_jobs() == 1
    assert again(job).state == JobState.DONE


def test_worker_that_lost_its_job_says_nothing_more():
    def lose(work: Work) -> str:
        mark_running(work.job, "of another worker")
        work.is_lost = True
        return "一"

    acts[:] = [lose]
    job = make_job(TRIAL, user=make_host())

    run_jobs()

    assert (again(job).state, job.lease, job.report) == (JobState.RUNNING, "of another worker", None)


def test_stop_asked_of_a_dead_worker_stops():
    job = make_job(TRIAL, user=make_host())
    mark_running(job, "elsewhere", timezone.now() - leases.SILENCE)

    ask_to_stop(job)
    run_jobs()

    assert again(job).state == JobState.STOPPED


def test_job_that_the_queue_has_lost_is_queued_again():
    job = make_job(TRIAL, user=make_host())
    take_up()
    DBTaskResult.objects.all().delete()
    assert run_jobs() == 0  # a moment ago it was queued

    Job.objects.update(queued_at=timezone.now() - 2 * KEPT_FOR)
    assert run_jobs() == 1
    assert again(job).state == JobState.DONE


def test_worker_that_ends_lets_another_one_begin_again(monkeypatch):
    def ask(work: Work) -> None:
        ending._asked.append(15)

    acts[:] = [ask, lambda job: "二"]
    job = make_job(TRIAL, user=make_host())
    monkeypatch.setattr(ending.signal, "raise_signal", lambda number: None)
    run_jobs()
    assert (again(job).state, job.losses, job.task_id) == (JobState.QUEUED, 0, "")

    acts[:] = [lambda job: "三"]
    run_jobs()

    assert (again(job).state, job.report) == (JobState.DONE, ["三"])


def test_log_keeps_the_newest_lines():
    acts[:] = [lambda job: None] * (MOST_LINES + 5)
    job = make_job(TRIAL, user=make_host())

    run_jobs()

    assert (len(again(job).log), job.done) == (MOST_LINES, MOST_LINES + 5)


def test_job_of_a_kind_that_no_release_knows_fails(caplog):
    job = make_job(TRIAL, user=make_host())
    Job.objects.update(kind="gone")

    run_jobs()

    assert again(job).state == JobState.FAILED and not job.may_be_tried_again and str(job) == "gone"


def test_who_queued_it_and_who_may_do_such_work_see_a_job():
    host = make_host()
    job = make_job(TRIAL, user=host)

    assert [job.may_be_seen_by(user) for user in (host, make_host(), make_editor())] == [True, False, True]


def test_ended_jobs_are_deleted_in_time_and_unfinished_ones_stay():
    user = make_host()
    old, waiting = make_job(TRIAL, user=user), make_job(TRIAL, subject="別", user=user)
    run_jobs()
    long_ago = timezone.now() - 2 * KEPT_FOR
    Job.objects.filter(pk=old.pk).update(ended_at=long_ago)
    Job.objects.filter(pk=waiting.pk).update(state=JobState.QUEUED, ended_at=None, queued_at=long_ago)
    DBTaskResult.objects.update(enqueued_at=long_ago)

    sweep_jobs()

    assert list(Job.objects.all()) == [waiting]
    assert not DBTaskResult.objects.exists()


def test_jobs_wait_for_a_queue_that_is_away(settings, caplog):
    settings.TASKS = {"default": {"BACKEND": "tests.content.jobs.test_jobs.AwayBackend"}}
    job = make_job(TRIAL, user=make_host())

    take_up()

    assert again(job).task_id == "" and "the queue, which is away" in caplog.text


class AwayBackend(DatabaseBackend):
    def enqueue(self, *args, **kwargs):
        raise ConnectionError("no route to the queue")
