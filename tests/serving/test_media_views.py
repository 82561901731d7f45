"""Media files with byte ranges, and their security headers."""

from contextlib import closing

import pytest

from interaxion.content.files.models import store_file
from tests.imports import make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def url():
    return store_file("a.pdf", b"%PDF-0123456789").file.url


def test_media_serves_the_whole_file(client, url):
    response = client.get(url)

    assert b"".join(response.streaming_content) == b"%PDF-0123456789"
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("requested", "sent", "content_range"),
    [
        ("bytes=0-4", b"%PDF-", "bytes 0-4/15"),
        ("bytes=5-", b"0123456789", "bytes 5-14/15"),
        ("bytes=-3", b"789", "bytes 12-14/15"),
        ("bytes=10-99", b"56789", "bytes 10-14/15"),
    ],
)
def test_media_serves_a_range(client, url, requested, sent, content_range):
    response = client.get(url, headers={"range": requested})

    assert (response.status_code, b"".join(response.streaming_content)) == (206, sent)
    assert response["Content-Range"] == content_range
    assert response["Content-Length"] == str(len(sent))


def test_range_beyond_the_end_is_refused(client, url):
    response = client.get(url, headers={"range": "bytes=15-"})

    assert (response.status_code, response["Content-Range"]) == (416, "bytes */15")


def test_unchanged_file_is_304(client, url):
    with closing(client.get(url)) as first:
        seen = first["Last-Modified"]

    assert client.get(url, headers={"if-modified-since": seen}).status_code == 304


@pytest.mark.parametrize("requested", [{}, {"range": "bytes=0-3"}, {"range": "bytes=99-"}])
@pytest.mark.parametrize(
    ("name", "data"), [("a.mp3", b"ID3 1234"), ("a.m4a", b"\0\0\0\x20ftypM4A "), ("a.mp4", b"\0\0\0\x20ftypmp42")]
)
def test_media_that_plays_is_open_to_players_and_in_no_sandbox(client, name, data, requested):
    with closing(client.get(store_file(name, data).file.url, headers=requested)) as response:
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" not in response["Content-Security-Policy"]
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert "script-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "data"), [("a.png", make_picture()), ("a.pdf", b"%PDF-1.7 x"), ("a.vtt", b"WEBVTT\n")]
)
def test_other_media_stay_in_their_sandbox(client, name, data):
    with closing(client.get(store_file(name, data).file.url)) as response:
        assert "sandbox" in response["Content-Security-Policy"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in response


@pytest.mark.parametrize("name", ["../interaxion.sqlite3", "no-such", "files", "%00", "files/../../secret-key"])
def test_media_outside_the_storage_are_not_found(client, url, name):
    assert client.get(f"/media/{name}").status_code == 404
