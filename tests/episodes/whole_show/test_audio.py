"""`--fetch-audio`: the audio of a former host comes here by a job."""

import pytest
from django.core.files.storage import default_storage

from episodes.models import Episode
from episodes.whole_show import audio
from interaxion.content.changes.changes import Change
from interaxion.content.jobs.job import Job
from interaxion.content.jobs.work import Work
from tests.audio_files import make_mp3
from tests.factories import make_editor, make_episode
from tests.file_server import serve_files
from tests.web_server import HERE

pytestmark = pytest.mark.django_db

SOURCE = "https://host.example/rss"


@pytest.fixture
def host(tmp_path):
    with serve_files(
        {"/1.mp3": make_mp3(tmp_path / "1.mp3", seconds=3).read_bytes(), "/2.mp3": b"<html>gone</html>"}
    ) as url:
        yield url


def make_elsewhere(number, url):
    episode = make_episode(number=number, guid_taken_from=SOURCE, live=True)
    Episode.objects.filter(pk=episode.pk).update(audio_url=url, audio_seconds=9)  # the host of this test is at http
    return episode


def run_job():
    job = audio.queue_audio(SOURCE, user=make_editor())
    work = Work(job)
    audio.fetch_all(work, allowed_networks=HERE)
    return [message % params for message, params in work.log]


def test_audio_comes_here_measured_and_what_is_none_stays(host):
    one, two, three = (make_elsewhere(str(n), f"{host}/{n}.mp3") for n in (1, 2, 3))

    said = run_job()

    one.refresh_from_db(), two.refresh_from_db(), three.refresh_from_db()
    assert (one.audio_url, one.audio_type, one.audio_seconds) == ("", "audio/mpeg", 3)
    assert default_storage.size(one.audio_file.name) == one.audio_bytes
    assert not two.audio_file and two.audio_url == f"{host}/2.mp3"
    assert said[0] == "/1: its audio is here"
    assert said[1].startswith("/2: its audio stays where it is: ") and "404" in said[2]


def test_job_that_begins_again_fetches_only_what_is_still_elsewhere(host):
    make_elsewhere("1", f"{host}/1.mp3")
    run_job()

    assert audio.queue_audio(SOURCE, user=None) is None
    assert Change.objects.count() == 1


def test_file_beyond_the_limit_of_uploads_stays_where_it_is(host, monkeypatch):
    monkeypatch.setattr(audio, "MOST_FILE_BYTES", 100)
    make_elsewhere("1", f"{host}/1.mp3")

    assert "100バイトを超えています" in run_job()[0]


def test_address_inside_the_network_of_the_server_is_refused(host):
    make_elsewhere("1", f"{host}/1.mp3")
    work = Work(audio.queue_audio(SOURCE, user=None))

    audio.fetch_all(work)

    assert not Episode.objects.get().audio_file
    assert Job.objects.count() == 1
