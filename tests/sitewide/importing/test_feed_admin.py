"""A show from its feed in the admin: a rehearsal as a job, then the button that imports it."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from episodes.models import Episode
from episodes.podcast import Podcast
from interaxion.content.jobs.job import Job
from interaxion.content.jobs.work import Work
from interaxion.sitewide.desk.feed_jobs import import_feed
from tests.factories import make_editor, make_episode, make_host
from tests.file_server import serve_files
from tests.jobs import run_jobs
from tests.web_server import HERE

pytestmark = pytest.mark.django_db

FEED = (Path(__file__).parents[2] / "data" / "feeds" / "podbean.xml").read_text()


@pytest.fixture
def editor(client):
    user = make_editor()
    client.force_login(user)
    return user


def upload(client, text=FEED, **fields):
    return client.post("/admin/import/feed/", {"file": SimpleUploadedFile("show.xml", text.encode()), **fields})


def page_of(client, response):
    run_jobs()
    return client.get(response.url).content.decode()


def press_import(client):
    return client.post("/admin/import/feed/", {"job": Job.objects.filter(kind="feed_dry_run").latest("pk").pk})


def test_show_is_rehearsed_and_then_imported(client, editor):
    html = page_of(client, upload(client))

    assert "/2" in html and "第2回" in html
    assert not Episode.objects.exists() and not Podcast.objects.exists()

    html = page_of(client, press_import(client))
    assert Podcast.current().title == "駅前の温度計"
    assert Episode.objects.get(number=2).is_live()
    assert 'href="/2"' in html
    # Its picture cannot be reached from here: that is told, and so is what directories demand.
    assert "pictures.example" in html and "配信先が求めるもの" in html


def test_item_in_doubt_is_decided_in_the_form_and_no_option_of_the_command_is_named(client, editor):
    make_episode(number="2", title="別の話", live=True)

    html = page_of(client, upload(client))
    assert "--match" not in html and "<code>ekimae.podbean.example/2</code>" in html

    page_of(client, upload(client, decisions="ekimae.podbean.example/2=new"))
    page_of(client, press_import(client))
    assert Episode.objects.filter(guid="ekimae.podbean.example/2").exists()


@pytest.mark.parametrize(
    "fields",
    [{}, {"address": "ftp://a.example/rss"}, {"address": "https://a.example/rss", "decisions": "57"}],
)
def test_form_that_names_no_feed_is_refused_with_the_reason(client, editor, fields):
    assert "errorlist" in client.post("/admin/import/feed/", fields).content.decode()
    assert not Job.objects.exists()


def test_what_is_no_feed_is_refused_with_the_cure(client, editor):
    for text, cure in (
        ("<!DOCTYPE html><p>x", "これは RSS フィードではありません"),
        (FEED[:500], "コピーのその箇所を直し"),
    ):
        html = page_of(client, upload(client, text))

        assert "errornote" in html and cure in html


def test_feed_at_an_address_is_fetched_through_the_guard(editor):
    with serve_files({"/rss": FEED.encode()}) as host:
        inputs = {"address": f"{host}/rss", "upload": "", "fetch_audio": False, "decisions": []}
        refused, allowed = (Job(kind="feed_import", inputs=inputs, user=editor, language="en") for _ in range(2))
        import_feed_of(refused)
        import_feed_of(allowed, allowed_networks=HERE)

    assert "refused" in refused.report and allowed.report["lines"]
    assert {episode.guid_taken_from for episode in Episode.objects.all()} == {f"{host}/rss"}


def import_feed_of(job, **options):
    work = Work(job)
    import_feed(work, **options)
    job.report = work.report


def test_host_may_not_import_a_show(client):
    client.force_login(make_host())

    assert client.get("/admin/import/feed/").status_code == 403
