"""Narrower copies of pictures: named in `srcset`, made when a browser asks, swept when their picture is gone."""

import io
import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from PIL import Image

from episodes.people.speakers import Speaker
from interaxion.content.files.disk_storage import PARTS
from interaxion.content.files.models import StoredFile, store_file
from interaxion.content.files.renditions import FOLDER, narrow_url, srcset_of, sweep_renditions
from tests.factories import make_post
from tests.imports import make_animation, make_grey_ramp, make_picture

pytestmark = pytest.mark.django_db


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_every_copy_in_a_page_is_there_at_its_width(client):
    stored = store_file("a.jpg", make_picture(format="JPEG", size=(1300, 650)))
    post = make_post(body=f"![図]({stored.file.url})\n")

    (srcset,) = re.findall(r'srcset="([^"]*)"', post.html)
    copies = dict(reversed(part.split()) for part in srcset.split(", "))

    assert list(copies) == ["480w", "800w", "1200w", "1300w"]
    for width, url in copies.items():
        with Image.open(io.BytesIO(body(client.get(url)))) as image:
            assert f"{image.width}w" == width
            assert image.height == round(image.width / 2)
    assert 'width="1300" height="650"' in post.html


def test_copy_that_the_disk_does_not_take_is_sent_all_the_same(client, settings, caplog):
    stored = store_file("a.png", make_picture(size=(500, 10)))
    name = srcset_of(stored).split()[0]
    settings.MEDIA_ROOT.joinpath(PARTS).rmdir()
    settings.MEDIA_ROOT.joinpath(PARTS).touch()  # nothing can be written any more

    response = client.get(name)

    assert (response.status_code, response["Content-Type"], response["Cache-Control"]) == (200, "image/png", "no-store")
    with Image.open(io.BytesIO(response.content)) as image:
        assert image.width == 480
    assert "sent but not kept" in caplog.text


def test_narrow_picture_has_no_copies():
    assert srcset_of(store_file("a.png", make_picture(size=(480, 10)))) == ""


@pytest.mark.parametrize(
    "change", [("-480-", "-481-"), ("-480-", "-800-"), ("-2.", "-1."), (".png", ".jpg"), ("a", "b")]
)
def test_nothing_else_is_made(client, change):
    stored = store_file("a.png", make_picture(size=(500, 10)))
    name = srcset_of(stored).split()[0]

    assert client.get(name.replace(*change)).status_code == 404
    assert not default_storage.exists(FOLDER)


@pytest.mark.parametrize("keep", [False, True], ids=["as we store it", "as an older version stored it"])
def test_copy_of_a_picture_with_sixteen_bits_of_grey_is_not_white(client, keep):
    data = make_grey_ramp(width=500)
    stored = store_file("a.png", data)
    if keep:
        with open(stored.file.path, "wb") as stream:
            stream.write(data)

    with Image.open(io.BytesIO(body(client.get(srcset_of(stored).split()[0])))) as image:
        assert image.size == (480, 10)
        assert [image.getpixel((x, 5)) for x in (0, 240, 479)] == pytest.approx([0, 128, 255], abs=2)


def test_artwork_with_sixteen_bits_of_grey_has_copies(client):
    portrait = make_portrait(make_grey_ramp(width=700))

    with Image.open(io.BytesIO(body(client.get(narrow_url(portrait.image, 160))))) as image:
        assert image.getpixel((80, 1)) == pytest.approx(128, abs=3)


def test_animation_has_no_still_copies(client):
    stored = store_file("a.gif", make_animation(size=(500, 10)))
    post = make_post(body=f"![図]({stored.file.url})\n")

    assert "srcset" not in post.html
    assert 'width="500" height="10"' in post.html
    assert client.get(f"/media/{FOLDER}/{stored.file.name[6:-5]}-480-2.webp").status_code == 404


def test_a_damaged_picture_has_no_copies(client):
    stored = store_file("a.png", make_picture(size=(500, 10)))
    with open(stored.file.path, "wb") as stream:
        stream.write(b"no picture")

    assert client.get(srcset_of(stored).split()[0]).status_code == 404


def test_rebuild_sweeps_copies_of_pictures_that_are_gone(client):
    stored, other = (store_file("a.png", make_picture(size=(500, 10), colour=colour)) for colour in ("red", "blue"))
    for each in (stored, other):
        body(client.get(srcset_of(each).split()[0]))
    StoredFile.objects.filter(pk=stored.pk).delete()

    call_command("rebuild")

    assert len(default_storage.listdir(FOLDER)[1]) == 1
    assert body(client.get(srcset_of(other).split()[0]))


def make_portrait(data=None):
    picture = SimpleUploadedFile("me.png", data or make_picture(size=(700, 700)))
    speaker = Speaker(name="話す人", image=picture)
    speaker.full_clean()
    speaker.save()
    return speaker


def test_picture_of_a_field_has_copies_too(client):
    url = narrow_url(make_portrait().image, 480)

    for width in (160, 320, 480):
        with Image.open(io.BytesIO(body(client.get(url.replace("-480-", f"-{width}-"))))) as image:
            assert image.size == (width, width)
    assert client.get(url.replace("-480-", "-481-")).status_code == 404
    assert client.get(url.replace("/pictures/", "/pictures/x")).status_code == 404


def test_a_narrow_picture_of_a_field_stays_as_wide_as_it_is(client):
    with Image.open(
        io.BytesIO(body(client.get(narrow_url(make_portrait(make_picture(size=(90, 60))).image, 480))))
    ) as image:
        assert image.size == (90, 60)


def test_rebuild_sweeps_copies_of_a_field_when_its_picture_is_gone(client):
    speaker = make_portrait()
    url = narrow_url(speaker.image, 480)
    body(client.get(url))

    assert sweep_renditions() == 0
    default_storage.delete(speaker.image.name)
    assert sweep_renditions() == 1


def test_sweeping_nothing_is_no_error():
    assert sweep_renditions() == 0
