"""Chapters and tags in real M4A files, read back by ffprobe and mutagen; the sound stays as it is."""

import io

import pytest
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from mutagen.mp4 import MP4, MP4Cover
from PIL import Image

from episodes.audio.m4a import MARK
from episodes.audio.measuring import AudioRefused, measure
from episodes.audio.tagging import is_stale, tag_file, tag_uploaded_audio
from episodes.models import Episode
from episodes.podcast import Podcast
from interaxion.content.saving.storing import store
from tests.audio_files import make_audio, probe, stream_hash
from tests.factories import make_editor, make_episode

pytestmark = [pytest.mark.django_db, pytest.mark.ffmpeg]

NOTES = "### 0:00 はじめに\n\n### 0:05 格子 = 電子; #1\n\n### 0:12 おわり\n"


@pytest.fixture
def m4a(tmp_path):
    Podcast(pk=1, title="番組", author="作る人").save()
    return make_audio(tmp_path / "in.m4a", "-c:a", "aac", "-b:a", "16k", seconds=20)


def chapters_in(path):
    return [(float(c["start_time"]), float(c["end_time"]), c["tags"]["title"]) for c in probe(path)["chapters"]]


def picture():
    stream = io.BytesIO()
    Image.new("RGB", (4, 4), "navy").save(stream, "JPEG")
    return stream.getvalue()


def test_chapters_and_tags_are_written_and_the_sound_stays(m4a, tmp_path):
    episode = make_episode(number="57", title="題", notes=NOTES)

    call_command("tag_audio", "57", str(m4a), str(tmp_path / "out.m4a"))

    out = tmp_path / "out.m4a"
    assert chapters_in(out) == [(0, 5, "はじめに"), (5, 12, "格子 = 電子; #1"), (12, 20, "おわり")]
    assert stream_hash(out) == stream_hash(m4a)
    tags = MP4(out).tags
    assert (tags["\xa9nam"], tags["\xa9ART"], tags["\xa9alb"], tags["trkn"]) == (
        [str(episode)], ["作る人"], ["番組"], [(57, 0)],
    )  # fmt: skip
    with out.open("rb") as stream:
        assert measure(stream, out.stat().st_size).type == "audio/mp4"


def test_what_the_file_had_and_we_do_not_say_stays(m4a, tmp_path):
    audio = MP4(m4a)
    audio["covr"], audio["----:com.example:own"], audio["\xa9cmt"] = [MP4Cover(picture())], [b"x"], ["Bemerkung"]
    audio.save()
    episode = make_episode(number="57", notes="本文です。\n")

    tag_file(episode, m4a, tmp_path / "out.m4a")

    tags = MP4(tmp_path / "out.m4a").tags
    assert (bytes(tags["covr"][0]), bytes(tags["----:com.example:own"][0]), tags["\xa9cmt"]) == (
        picture(), b"x", ["Bemerkung"],
    )  # fmt: skip


def test_chapters_of_the_file_stay_where_the_episode_has_none(m4a, tmp_path):
    timed, untimed = make_episode(number="1", notes=NOTES), make_episode(number="2", notes="本文です。\n")

    tag_file(timed, m4a, tmp_path / "timed.m4a")
    tag_file(untimed, tmp_path / "timed.m4a", tmp_path / "out.m4a")

    assert len(chapters_in(tmp_path / "out.m4a")) == 3


def test_chapter_after_the_end_is_left_out_and_told(m4a, tmp_path):
    tagging = tag_file(make_episode(number="1", notes=NOTES + "\n### 9:00 あと\n"), m4a, tmp_path / "out.m4a")

    assert len(tagging.chapters) == len(chapters_in(tmp_path / "out.m4a")) == 3
    assert "9:00" in tagging.losses[0]


def test_damaged_m4a_is_refused_and_leaves_no_file(m4a, tmp_path):
    m4a.write_bytes(m4a.read_bytes()[:300])

    with pytest.raises(AudioRefused):
        tag_file(make_episode(number="1", notes=NOTES), m4a, tmp_path / "out.m4a")

    assert not (tmp_path / "out.m4a").exists()


def test_uploaded_m4a_is_tagged_and_becomes_stale(m4a, client):
    with m4a.open("rb") as stream:
        audio = measure(stream, m4a.stat().st_size)
        name = default_storage.save(f"audio/{audio.name}", File(stream))
    episode = make_episode(number="57", notes=NOTES, audio_file=name, audio_type=audio.type)
    client.force_login(make_editor())
    assert "tag-audio" in client.get(f"/admin/episodes/episode/{episode.pk}/change/").content.decode()

    tag_uploaded_audio(episode, user=None)

    episode = Episode.objects.get()
    assert MARK in MP4(episode.audio_file.path).tags and not is_stale(episode)
    episode.replace_sections(NOTES.replace("0:05", "0:06"))
    store(episode, user=None)
    assert is_stale(episode)
