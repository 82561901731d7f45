"""A new address of the audio: what was known of the file before is not told of it."""

import shutil

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from episodes.models import Episode
from tests.admin_forms import form_of
from tests.audio_files import make_mp3
from tests.factories import make_episode, make_host

pytestmark = pytest.mark.django_db
OLD = {
    "audio_url": "https://audio.example/1.mp3",
    "audio_bytes": 9000,
    "audio_type": "audio/mpeg",
    "audio_seconds": 600,
}
NEW = "https://cdn.example/new.m4a"


@pytest.fixture(autouse=True)
def host(client):
    client.force_login(make_host())


def save(client, episode, **typed):
    url = f"/en/admin/episodes/episode/{episode.pk}/change/"
    data = form_of(client.get(url), "episode_form") | typed
    assert client.post(url, data).status_code == 302
    return Episode.objects.get(pk=episode.pk)


def measures(episode):
    return episode.audio_bytes, episode.audio_type, episode.audio_seconds


def test_new_address_forgets_size_type_and_length_and_the_checks_say_so(client):
    episode = save(client, make_episode(number="1", **OLD), audio_url=NEW)

    assert measures(episode) == (None, "", None)
    assert {"audio_bytes", "audio_seconds"} <= {problem.field for problem in episode.problems()}


def test_emptied_address_forgets_them_too(client):
    assert measures(save(client, make_episode(**OLD), audio_url="")) == (None, "", None)


def test_what_is_typed_with_the_new_address_is_kept(client):
    episode = save(client, make_episode(**OLD), audio_url=NEW, audio_seconds="11:00")

    assert measures(episode) == (None, "", 660)


def test_same_address_keeps_them(client):
    assert measures(save(client, make_episode(**OLD), title="別の題")) == (9000, "audio/mpeg", 600)


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="needs ffmpeg")
def test_address_next_to_an_upload_does_not_get_its_measures(client, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    audio = make_mp3(tmp_path / "voice.mp3", seconds=2)
    upload = SimpleUploadedFile("voice.mp3", audio.read_bytes())
    episode = save(client, make_episode(number="1"), audio_file=upload)
    assert measures(episode) == (audio.stat().st_size, "audio/mpeg", 2)

    episode = save(client, episode, audio_url=NEW)
    assert measures(episode) == (None, "", None)

    upload = SimpleUploadedFile("voice.mp3", audio.read_bytes())
    assert measures(save(client, episode, audio_file=upload)) == (None, "", None)
    assert episode.audio_address == NEW
