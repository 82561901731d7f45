import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from interaxion.content.files import picture_reading
from interaxion.content.files.limits import FileRefused
from interaxion.content.files.models import StoredFile, store_file
from interaxion.content.files.picture_encoding import reencode
from interaxion.content.files.plain_files import tell_how_to_convert
from interaxion.content.paths import claim_old
from interaxion.content.saving.storing import store
from interaxion.desk.library.uses import find_uses, stem_of
from tests.factories import make_editor, make_episode, make_host, make_post, make_speaker
from tests.imports import make_picture

pytestmark = pytest.mark.django_db
LIST = "/en/admin/content/storedfile/"


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_list_shows_thumbnails_and_where_a_file_is_used(client):
    client.force_login(make_host())
    shown = store_file("ice.png", make_picture(size=(40, 30)))
    unused = store_file("slides.pdf", b"%PDF-1.7 x")
    draft = make_episode(notes=f"### 氷\n\n![氷]({shown.file.url})\n")

    page = client.get(LIST).content.decode()

    assert f'<img class="thumbnail" src="{shown.file.url}"' in page
    assert f'/episodes/episode/{draft.pk}/change/">{draft}</a>' in page
    only_unused = client.get(LIST, {"used": "no"}).content.decode()
    assert unused.name in only_unused and shown.name not in only_unused
    assert list(find_uses()) == [stem_of(shown)]


def test_many_files_are_uploaded_and_a_refused_one_is_named(client):
    client.force_login(make_host())
    files = [upload("a.png", make_picture()), upload("b.pdf", b"%PDF-1.7 b"), upload("c.wav", b"RIFF")]

    page = client.post(f"{LIST}upload/", {"files": files}, follow=True).content.decode()

    assert {file.name for file in StoredFile.objects.all()} == {"a.png", "b.pdf"}
    assert "WAV is not taken: export it as MP3" in page


@pytest.mark.postgres
def test_another_file_takes_the_place_of_one_everywhere(client):
    client.force_login(make_editor())
    old = store_file("ice.png", make_picture(size=(40, 30)))
    StoredFile.objects.filter(pk=old.pk).update(alt="氷の写真")
    post = make_post(body=f"![氷]({old.file.url})\n", live=True)

    asked = client.post(f"{LIST}{old.pk}/replace/", {"file": upload("new.png", make_picture(size=(50, 30)))})
    new = StoredFile.objects.exclude(pk=old.pk).get()
    page = client.post(asked["Location"].partition("?")[0], {"old": old.file.url, "new": new.file.url})

    assert new.alt == "氷の写真"
    assert f"![氷]({new.file.url})" in page.content.decode()
    values = {"old": old.file.url, "new": new.file.url, "things": f"posts.post:{post.pk}:{post.version}"}
    client.post(asked["Location"].partition("?")[0], values)
    post.refresh_from_db()
    assert post.body == f"![氷]({new.file.url})\n" and new.file.url in post.html


@pytest.mark.parametrize(
    ("name", "says"),
    [("talk.WAV", "MP3"), ("film.mov", "MP4"), ("text.docx", "PDF"), ("old.ppt", "PPTX"), ("scan.tiff", "PNG")],
)
def test_other_formats_are_refused_with_how_to_convert(name, says):
    with pytest.raises(FileRefused, match=says):
        tell_how_to_convert(name)


def test_heic_without_its_library_says_what_to_install(monkeypatch):
    monkeypatch.setattr(picture_reading, "pillow_heif", None)

    with pytest.raises(FileRefused, match="pillow-heif"):
        tell_how_to_convert("IMG_1.HEIC")


@pytest.mark.parametrize(("image_format", "name"), [("AVIF", "a.avif"), ("HEIF", "IMG_1.HEIC")])
def test_pictures_of_phones_become_jpeg(image_format, name):
    if image_format not in picture_reading.FORMATS:
        pytest.skip("pillow-heif is not installed")
    stream = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(stream, image_format)

    stored = store_file(name, stream.getvalue())

    assert (stored.content_type, stored.width, stored.file.name[-4:]) == ("image/jpeg", 64, ".jpg")


def test_transparent_avif_stays_transparent():
    stream = io.BytesIO()
    Image.new("RGBA", (64, 48), (255, 0, 0, 0)).save(stream, "AVIF")

    assert reencode(stream.getvalue()).content_type == "image/png"


def test_portrait_counts_as_a_use(client):
    client.force_login(make_host())
    file = store_file("face.png", make_picture(size=(40, 30)))
    speaker = make_speaker(name="岡")
    speaker.image = f"pictures/{stem_of(file)}.png"
    speaker.save()

    assert [use.title for use in find_uses()[stem_of(file)]] == ["岡"]
    assert file.name not in client.get(LIST, {"used": "no"}).content.decode()


@pytest.mark.postgres
def test_only_files_that_nothing_uses_are_deleted(client, django_capture_on_commit_callbacks):
    client.force_login(make_editor())
    shown, drafted, imported, unused = (store_file(f"{n}.png", make_picture(size=(40, n))) for n in (1, 2, 3, 4))
    make_post(body=f"![氷]({shown.file.url})\n")
    draft = make_post(body=f"![氷]({drafted.file.url})\n")
    draft.body = "消した"
    store(draft, user=None)
    claim_old(imported, "/assets/ice.png")
    chosen = [file.pk for file in (shown, drafted, imported, unused)]

    asked = client.post(LIST, {"action": "delete_selected", "_selected_action": chosen}).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(LIST, {"action": "delete_selected", "_selected_action": chosen, "post": "yes"})

    assert "This is for good" in asked and "/assets/ice.png" in asked and "An older version" in asked
    assert set(StoredFile.objects.all()) == {shown, drafted, imported}
    assert not default_storage.exists(unused.file.name) and default_storage.exists(shown.file.name)


def test_used_file_says_where_instead_of_asking_to_be_deleted(client):
    client.force_login(make_editor())
    file = store_file("ice.png", make_picture())
    make_post(title="氷の話", body=f"![氷]({file.file.url})\n")

    page = client.post(f"{LIST}{file.pk}/delete/", {"post": "yes"}, follow=True).content.decode()

    assert "It is used in: 氷の話" in page and StoredFile.objects.exists()
