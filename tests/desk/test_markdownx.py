import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from interaxion.content.files.models import StoredFile
from interaxion.desk.editing import markdownify
from interaxion.desk.pages.render_limits import MOST_BYTES, RENDERS
from tests.factories import make_host, make_user
from tests.imports import make_picture
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db
UPLOAD, MARKDOWNIFY = "/en/admin/markdownx/upload/", "/en/admin/markdownx/markdownify/"


def picture(**options):
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(stream, "PNG")
    return SimpleUploadedFile(options.get("name", "shot.png"), stream.getvalue(), options.get("type", "image/png"))


def test_upload_stores_a_picture_and_answers_markdown(client):
    client.force_login(make_host())

    answer = client.post(UPLOAD, {"image": picture(name="<b>.png", type="text/html")})

    stored = StoredFile.objects.get()
    assert answer.json() == {"image_code": f"![]({stored.file.url})"}
    assert stored.file.name.endswith(".png") and "<" not in stored.file.name


def test_worker_makes_the_narrow_copies_of_an_upload(client, settings, django_capture_on_commit_callbacks):
    client.force_login(make_host())
    wide = SimpleUploadedFile("wide.png", make_picture(size=(900, 10)))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(UPLOAD, {"image": wide})
    copies = settings.MEDIA_ROOT / "renditions"
    assert not copies.exists()

    assert run_jobs() == 1

    assert sorted(file.name.split("-")[1] for file in copies.iterdir()) == ["480", "800"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("evil.html", b"<script>alert(1)</script>"),
        ("evil.gif", b"<script>alert(1)</script>"),
        ("evil.svg", b"<svg><script>alert(1)</script></svg>"),
        ("empty", b"x"),
    ],
)
def test_upload_of_a_bad_file_is_refused_and_stores_nothing(client, name, data, settings):
    client.force_login(make_host())

    answer = client.post(UPLOAD, {"image": SimpleUploadedFile(name, data, "image/gif")})

    assert answer.status_code == 400
    assert answer.json()["error"]
    assert not StoredFile.objects.exists() and not settings.MEDIA_ROOT.exists()


def test_upload_without_a_file_is_400(client):
    client.force_login(make_host())

    assert client.post(UPLOAD).status_code == 400
    assert client.get(UPLOAD).status_code == 405


def test_upload_is_for_staff_who_may(client):
    for user in (None, make_user(), make_user(is_superuser=False)):
        client.logout()
        if user:
            client.force_login(user)
        answer = client.post(UPLOAD, {"image": picture()})
        assert answer.status_code == 302 and "login" in answer["Location"]
    assert not StoredFile.objects.exists()


def test_upload_demands_the_token_against_forgery():
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_host())

    assert strict.post(UPLOAD, {"image": picture()}).status_code == 403


@pytest.mark.parametrize("path", ["/markdownx/upload/", "/markdownx/markdownify/", "/en/markdownx/upload/"])
def test_addresses_of_the_library_are_not_mounted(client, path):
    assert client.get(path).status_code == 404
    assert client.post(path, {"content": "x"}).status_code == 404


def test_markdownify_is_safe_and_for_staff(client):
    assert client.post(MARKDOWNIFY, {"content": "x"}).status_code == 302
    client.force_login(make_host())

    answer = client.post(MARKDOWNIFY, {"content": "**「強調」**です<script>alert(1)</script>"})

    assert "<strong>「強調」</strong>です" in answer.content.decode()
    assert "script" not in answer.content.decode()
    assert client.post(MARKDOWNIFY).status_code == 400


def test_markdownify_is_for_those_who_may_write(client):
    clerk = make_user(is_superuser=False)
    clerk.is_staff = True
    clerk.save()
    client.force_login(clerk)

    assert client.post(MARKDOWNIFY, {"content": "x"}).status_code == 403


def test_markdownify_has_a_size_and_rate_limit(client):
    client.force_login(make_host())

    assert client.post(MARKDOWNIFY, {"content": "x" * MOST_BYTES}).status_code == 413
    answers = [client.post(MARKDOWNIFY, {"content": "x"}).status_code for _ask in range(RENDERS.most + 1)]

    assert answers == [200] * RENDERS.most + [429]


def test_markdownify_is_the_site_renderer():
    assert markdownify("- a\n  - b\n").count("<ul>") == 2
