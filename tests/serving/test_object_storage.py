"""Media in an S3-compatible object storage: same addresses, same answers, and no other host in any page."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from episodes.audio.tagging import tag_uploaded_audio
from interaxion import environment
from interaxion.content.files.models import store_file
from interaxion.content.files.storage_away import StorageAway
from interaxion.serving import media_views
from interaxion.sitewide.exporting.site import export_site
from tests.audio_files import make_mp3, probe
from tests.factories import make_episode, make_post
from tests.imports import make_picture

WAYS = ({}, {"range": "bytes=2-6"}, {"range": "bytes=-3"})
pytestmark = [pytest.mark.django_db, pytest.mark.object_storage]


@pytest.fixture(autouse=True)
def storage(settings, object_storage_url) -> str:
    settings.STORAGES = settings.STORAGES | {"default": environment.media_storage(object_storage_url)}
    return object_storage_url


def body_of(response) -> bytes:
    return b"".join(response.streaming_content)


def test_remote_media_are_sent_whole_and_in_ranges(client):
    url = store_file("a.pdf", b"%PDF-0123456789").file.url

    whole, part, last = (client.get(url, headers=asked) for asked in WAYS)

    assert url.startswith("/media/files/")
    assert (body_of(whole), whole["Content-Length"], whole["Content-Type"]) == (
        b"%PDF-0123456789",
        "15",
        "application/pdf",
    )
    assert (part.status_code, body_of(part), part["Content-Range"]) == (206, b"DF-01", "bytes 2-6/15")
    assert (last.status_code, body_of(last)) == (206, b"789")
    assert client.get(url, headers={"range": "bytes=15-"}).status_code == 416
    assert client.get(url, headers={"if-modified-since": whole["Last-Modified"]}).status_code == 304
    head = client.head(url)
    assert (head.status_code, head["Content-Length"], head["Accept-Ranges"]) == (200, "15", "bytes")


def test_long_range_is_answered_in_parts(client, monkeypatch):
    monkeypatch.setattr(media_views, "LONGEST_PART", 4)
    url = store_file("a.pdf", b"%PDF-0123456789").file.url

    response = client.get(url, headers={"range": "bytes=5-"})

    assert (response["Content-Range"], body_of(response)) == ("bytes 5-8/15", b"0123")


def test_empty_file_is_sent(client):
    name = default_storage.save("files/empty.txt", ContentFile(b""))

    assert body_of(client.get(f"/media/{name}")) == b""


@pytest.mark.parametrize("name", ["../other", "no-such", "files", "%00", "files/../../x"])
def test_remote_media_outside_the_storage_are_not_found(client, name):
    assert client.get(f"/media/{name}").status_code == 404


def test_pages_name_no_other_host_and_narrower_pictures_are_made(client, storage):
    stored = store_file("wide.png", make_picture(size=(1600, 40)))
    post = make_post(body=f"![波]({stored.file.url})\n", live=True)

    page = client.get(post.path)
    narrow = re.findall(r"(/media/\S+) 480w", page.content.decode())[0]

    assert f":{urlsplit(storage).port}" not in page.content.decode() + str(page.headers)
    assert body_of(client.get(narrow))
    with default_storage.open(stored.file.name) as stream:
        assert body_of(client.get(stored.file.url)) == stream.read()


@pytest.mark.ffmpeg
def test_uploaded_audio_is_tagged_and_exported(client, tmp_path):
    episode = make_episode(live=True)
    audio = make_mp3(tmp_path / "a.mp3")
    episode.audio_file.save("a.mp3", ContentFile(audio.read_bytes()))

    tag_uploaded_audio(episode, user=None)
    episode.refresh_from_db()
    tagged = tmp_path / "tagged.mp3"
    tagged.write_bytes(body_of(client.get(episode.audio_file.url)))
    export_site(tmp_path / "export")

    assert probe(tagged)["format"]["tags"]["title"] == str(episode)
    assert [file.read_bytes() for file in (tmp_path / "export").rglob("*.mp3")] == [tagged.read_bytes()]


def test_wrong_secret_is_told_from_a_missing_file(settings, client, storage):
    name = store_file("a.pdf", b"%PDF-0123456789").file.name
    wrong = environment.media_storage(storage.replace("testing-secret", "wrong"))
    settings.STORAGES = settings.STORAGES | {"default": wrong}

    with pytest.raises(StorageAway):
        default_storage.exists(name)
    answer = client.get(f"/media/{name}")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")


def test_storage_that_is_away_is_503(settings, client):
    nobody = environment.media_storage("s3+http://key:secret@127.0.0.1:1/media?region=us-east-1")
    settings.STORAGES = settings.STORAGES | {"default": nobody}

    assert client.get("/media/files/a.pdf").status_code == 503


def test_folder_of_the_bucket_is_kept(storage):
    name = default_storage.save("a/話.txt", ContentFile(b"1"))

    assert default_storage.listdir("a") == ([], [Path(name).name])
    assert default_storage.url(name) == "/media/a/%E8%A9%B1.txt"
    default_storage.delete(name)
    assert not default_storage.exists(name)
