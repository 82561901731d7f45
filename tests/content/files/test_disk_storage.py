"""Uploads on a disk that may be full: whole or not there, and what was given up is swept."""

import errno
import os
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.management import call_command
from django.utils import timezone

from interaxion.content.files.disk_storage import GIVEN_UP, PARTS
from interaxion.content.files.models import store_file
from interaxion.content.files.orphans import KEPT_FOR, sweep_orphans
from interaxion.content.publishing.revisions import Revision
from interaxion.content.saving.storing import store
from tests.factories import make_episode, make_post
from tests.imports import make_picture


class ToFullDisk(ContentFile):
    """A file of which the disk takes the first half."""

    def chunks(self, chunk_size=None):
        yield b"the first half"
        raise OSError(errno.ENOSPC, "No space left on device")


def kept(settings) -> list[str]:
    files = (file for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file())
    return sorted(str(file.relative_to(settings.MEDIA_ROOT)) for file in files)


def test_disk_that_is_full_keeps_no_half_file(settings):
    with pytest.raises(OSError, match="No space left"):
        default_storage.save("audio/a.mp3", ToFullDisk(b""))

    assert kept(settings) == []


@pytest.mark.parametrize("is_elsewhere", [False, True], ids=["moved", "copied"])
def test_upload_is_moved_to_its_name_or_copied_from_another_disk(settings, monkeypatch, is_elsewhere):
    upload = TemporaryUploadedFile("a.mp3", "audio/mpeg", 5, None)
    upload.write(b"voice")
    upload.seek(0)
    if is_elsewhere:
        move = os.rename

        def rename(old, new):
            if str(old) == upload.temporary_file_path():
                raise OSError(errno.EXDEV, "Invalid cross-device link")
            move(old, new)

        monkeypatch.setattr(os, "rename", rename)

    name = default_storage.save("audio/a.mp3", upload)

    assert kept(settings) == [name]
    with default_storage.open(name) as stream:
        assert stream.read() == b"voice"
    assert Path(default_storage.path(name)).stat().st_mode & 0o777 == 0o644
    upload.close()


def test_second_file_of_a_name_replaces_nothing(settings):
    first, second = (default_storage.save("audio/a.mp3", ContentFile(data)) for data in (b"1", b"2"))

    assert first != second
    assert Path(default_storage.path(first)).read_bytes() == b"1"


@pytest.mark.django_db
def test_tick_sweeps_what_a_killed_process_left(settings):
    parts = Path(settings.MEDIA_ROOT, PARTS)
    parts.mkdir(parents=True)
    for name, age in (("new", 0), ("old", GIVEN_UP + 60)):
        (parts / name).touch()
        os.utime(parts / name, (time.time() - age, time.time() - age))

    call_command("tick")

    assert kept(settings) == [f"{PARTS}/new"]


def age(*names: str) -> None:
    long_ago = (timezone.now() - KEPT_FOR).timestamp() - 60
    for name in names:
        os.utime(default_storage.path(name), (long_ago, long_ago))


@pytest.mark.postgres
@pytest.mark.django_db
def test_uploads_that_nothing_names_are_swept_and_all_others_stay(settings):
    replaced, present, lost, new = (
        default_storage.save(f"audio/{name * 12}.mp3", ContentFile(b"x")) for name in ("aa", "bb", "cc", "dd")
    )
    episode = make_episode(number="1", audio_file=replaced)
    store(episode, user=None, note="as it was")
    episode.audio_file = present
    store(episode, user=None, note="with another file")
    picture = store_file("a.png", make_picture()).file.name
    artwork = default_storage.save("pictures/ee11.png", ContentFile(make_picture()))
    make_post(body=f"![絵](/media/{artwork})\n")
    age(replaced, present, lost, picture, artwork)
    assert Revision.objects.filter(data__icontains=replaced).exists()

    assert sweep_orphans() == 1

    assert kept(settings) == sorted([replaced, present, new, picture, artwork])
