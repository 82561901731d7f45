"""A transcript that somebody has is taken in by the desk: as a file, or from an address."""

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.files.uploadedfile import SimpleUploadedFile

from episodes.desk.transcript.taking import take_transcript
from episodes.models import Episode
from episodes.transcripts.storing import cues_of, transcript_of
from interaxion.text.transcripts.cues import Cue
from tests.factories import make_editor, make_episode, make_host, make_speaker, make_transcript
from tests.web_server import HERE, serve

pytestmark = pytest.mark.django_db
VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\n<v 岡>はい。\n\n00:02.000 --> 00:03.000\n<v 名無し>ええ。\n"


@pytest.fixture
def episode():
    return make_episode(speakers=(make_speaker(name="岡"),))


def send(client, episode, **sent):
    response = client.post(f"/en/admin/episodes/episode/{episode.pk}/transcript/take/", sent)
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_uploaded_file_is_taken_and_strangers_are_told(client, episode):
    client.force_login(make_host())

    said = send(client, episode, file=SimpleUploadedFile("57.vtt", VTT.encode()), version="0")

    transcript = transcript_of(episode)
    assert cues_of(transcript) == [Cue(0, 2, "はい。", "岡"), Cue(2, 3, "ええ。", "名無し")]
    assert not transcript.is_published
    assert said[0] == "The transcript is taken: 2 pieces."
    assert "名無し" in said[1]
    form = client.get(f"/en/admin/episodes/episode/{episode.pk}/change/").content.decode()
    assert "Replace it by a file" in form


def test_faults_are_told_with_line_and_cure_in_the_readers_language(client, episode):
    client.force_login(make_editor())
    make_transcript(episode=episode)
    file = SimpleUploadedFile("57.srt", b"1\n00:00:05,000 --> 00:00:04,000\na\n")

    response = client.post(f"/admin/episodes/episode/{episode.pk}/transcript/take/", {"file": file})

    (said,) = get_messages(response.wsgi_request)
    assert str(said) == "57.srt の2行目：終わりの時刻が始まりより前です。時刻を直してください。"
    assert transcript_of(episode).version == 1


def test_transcript_that_somebody_saved_meanwhile_is_not_replaced(client, episode):
    client.force_login(make_editor())
    make_transcript(episode=episode)

    (said,) = send(client, episode, file=SimpleUploadedFile("57.vtt", VTT.encode()), version="0")

    assert "Nothing was replaced" in said
    assert transcript_of(episode).version == 1


def test_address_is_fetched_behind_the_guard(client, episode, rf):
    client.force_login(make_editor())
    with serve({"/57.vtt": VTT.encode()}) as site:
        assert "no transcript" in send(client, episode, url=f"{site.url}/57.vtt")[0]
        assert transcript_of(episode).pk is None

        request = rf.post("/", {"url": f"{site.url}/57.vtt"})
        request.user, request._messages = make_editor(), CookieStorage(request)
        take_transcript(admin.site.get_model_admin(Episode), request, episode.pk, allowed_networks=HERE)

    assert len(cues_of(transcript_of(episode))) == 2
