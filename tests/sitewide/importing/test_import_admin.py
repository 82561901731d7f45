"""Import by upload: what would happen, then the button."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from posts.models import Post
from tests.factories import make_editor, make_host

pytestmark = pytest.mark.django_db

POST = "---\nlayout: blog\ntitle: 題\npermalink: /blog/a\ndate: 2026-01-01\nmood: 静か\n---\n本文です。\n"


def upload(client, text: str = POST, *, name: str = "a.md", **fields: str) -> str:
    file = SimpleUploadedFile(name, text.encode())
    return client.post("/admin/import/", {"file": file, **fields}).content.decode()


def token_in(html: str) -> str:
    (token,) = re.findall(r'name="token" value="([^"]+)"', html)
    return token


def test_upload_shows_first_what_would_happen(client):
    client.force_login(make_editor())

    html = upload(client)

    assert "/blog/a" in html
    assert "a.md:6: " in html
    assert not Post.objects.exists()

    client.post("/admin/import/", {"token": token_in(html)})
    assert Post.objects.get().is_live()


def test_upload_of_a_bad_file_says_what_is_wrong(client):
    client.force_login(make_editor())

    assert "a.md:2: " in upload(client, POST.replace("blog\n", "brog\n", 1))
    assert "errorlist" in upload(client, name="a.exe")


def test_hosts_do_not_import(client):
    client.force_login(make_host())

    assert client.get("/admin/import/").status_code == 403
    assert client.post("/admin/import/", {"file": SimpleUploadedFile("a.md", POST.encode())}).status_code == 403


def test_upload_of_somebody_else_and_a_forged_one_are_refused(client):
    client.force_login(make_editor())
    token = token_in(upload(client))
    client.force_login(make_editor())

    assert client.post("/admin/import/", {"token": token}).status_code == 403
    assert client.post("/admin/import/", {"token": "forged"}).status_code == 403
    assert not Post.objects.exists()


def test_button_works_once(client):
    client.force_login(make_editor())
    token = token_in(upload(client))

    assert client.post("/admin/import/", {"token": token}).status_code == 200
    assert client.post("/admin/import/", {"token": token}).status_code == 403


@pytest.mark.parametrize("name", ["記" * 120 + ".md", "a" * 240 + ".zip"])
def test_upload_may_have_a_long_name(client, name):
    client.force_login(make_editor())

    html = upload(client, name=name)

    assert ("/blog/a" in html) is name.endswith(".md")
