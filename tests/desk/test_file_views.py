import pytest

from interaxion.content.files.models import store_file
from tests.desk.test_markdownx import UPLOAD, picture
from tests.factories import make_host

pytestmark = pytest.mark.django_db
FILES = "/en/admin/files/"


def test_files_are_found_by_name_and_by_what_they_show(client):
    client.force_login(make_host())
    slides = store_file("slides.pdf", b"%PDF-1.7 x")
    store_file("words.vtt", b"WEBVTT\n")

    assert [file["name"] for file in client.get(FILES).json()["files"]] == ["words.vtt", "slides.pdf"]
    assert client.get(FILES, {"q": "SLIDES\x00"}).json()["files"] == [
        {"name": "slides.pdf", "alt": "", "url": slides.file.url, "is_picture": False}
    ]


def test_upload_writes_what_the_picture_shows(client):
    client.force_login(make_host())

    code = client.post(UPLOAD, {"image": picture(), "words": "赤い [四角]*"}).json()["image_code"]
    again = client.post(UPLOAD, {"image": picture(), "words": "別の言葉"}).json()["image_code"]
    decorative = client.post(UPLOAD, {"image": picture(), "decorative": "1"}).json()["image_code"]

    url = code.partition("](")[2].removesuffix(")")
    assert code == f"![赤い [四角]*]({url})"
    assert again == f"![別の言葉]({url})"
    assert decorative == f'![]({url} "decorative")'
    assert client.get(FILES, {"q": "四角"}).json()["files"][0]["alt"] == "赤い [四角]*"
