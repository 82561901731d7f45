"""The page of a job follows it by itself, in a real browser."""

import pytest
from playwright.sync_api import expect

from interaxion.desk.pages.link_jobs import queue_link_check
from tests.factories import make_host, make_post
from tests.jobs import run_jobs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_page_shows_what_came_of_a_job_when_it_is_over(open_desk):
    job = queue_link_check(make_post(title="題", body="本文"), make_host(name="host"))
    page = open_desk("host")
    page.goto(f"/en/admin/jobs/{job.pk}/")
    expect(page.get_by_role("status")).to_have_text("waiting")

    run_jobs()

    expect(page.get_by_role("status")).to_have_text("done")
    expect(page.locator(".job")).to_contain_text("0 links asked for.")
