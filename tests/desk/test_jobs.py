"""The pages of jobs, and `tick`, which runs what no worker has taken up."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interaxion.content.jobs.job import Job, JobState
from interaxion.desk.pages.link_jobs import queue_link_check
from tests.factories import make_host, make_post, make_user
from tests.jobs import keep_connection

pytestmark = pytest.mark.django_db


@pytest.fixture
def host(client):
    user = make_host()
    client.force_login(user)
    return user


def test_tick_runs_what_waits(host):
    job = queue_link_check(make_post(body="本文"), host)

    with keep_connection():
        call_command("tick")

    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_list_holds_what_its_reader_queued_or_may_do_in_a_flat_number_of_queries(client, host):
    queue_link_check(make_post(title="一の記事"), host)
    client.get("/en/admin/jobs/")
    with CaptureQueriesContext(connection) as few:
        assert "一の記事" in client.get("/en/admin/jobs/").content.decode()
    for _ in range(3):
        queue_link_check(make_post(), make_host())
    with CaptureQueriesContext(connection) as many:
        client.get("/en/admin/jobs/")
    assert len(few) == len(many)

    nobody = make_user()
    nobody.is_staff = True
    nobody.save()
    client.force_login(nobody)
    assert "一の記事" not in client.get("/en/admin/jobs/").content.decode()


def test_page_loads_itself_again_until_the_job_is_over(client, host):
    job = queue_link_check(make_post(), host)
    page = f"/en/admin/jobs/{job.pk}/"
    waiting = client.get(page).content.decode()
    assert '<noscript><meta http-equiv="refresh"' in waiting and "job.js" in waiting

    client.post(page + "stop/")

    stopped = client.get(page).content.decode()
    assert "refresh" not in stopped and "Try again" in stopped
    client.post(page + "try-again/")
    assert Job.objects.get().state == JobState.QUEUED
    client.post(page + "try-again/")
    assert Job.objects.count() == 1
