"""Fields of a form as our reader has them, beside Django's parser."""

from io import BytesIO

import pytest
from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http.multipartparser import MultiPartParser
from django.test import RequestFactory

from interaxion.content.files.uploads import read_fields

BOUNDARY = b"----WebKitFormBoundary0"
MARK = b"--" + BOUNDARY
FIELD = b'Content-Disposition: form-data; name="%s"'
NO_FILE = b'; filename=""\r\nContent-Type: application/octet-stream'


def body_of(*parts: bytes, end: bytes = b"--\r\n") -> bytes:
    return b"".join(MARK + b"\r\n" + part + b"\r\n" for part in parts) + MARK + end


def part_of(name: str, value: str = "", more: bytes = b"") -> bytes:
    return FIELD % name.encode() + more + b"\r\n\r\n" + value.encode()


PLAIN = [
    body_of(
        part_of("title", "超伝導 — a\r\nb\n\r\n\r\nc"), part_of("a-0-id"), part_of("tag", "1"), part_of("tag", "2")
    ),
    body_of(part_of("audio", more=NO_FILE), part_of("_save", "Save")),
    body_of(part_of("a"), end=b"--"),
    body_of(FIELD % b"broken" + b"\r\n\r\n\xe3\x81\xff"),
    body_of(part_of("a", "\r\n"), part_of("b", "\r\n\r\n--\r\n-----WebKit"), part_of("c", "x" * 70_000)),
    body_of(),
]
OTHER = {
    "a file": body_of(part_of("a", "1"), part_of("f", "text", b'; filename="a.txt"\r\nContent-Type: text/plain')),
    "a name in other letters": body_of(part_of("題", "1")),
    "base64": body_of(FIELD % b"a" + b"\r\nContent-Transfer-Encoding: base64\r\n\r\nYQ=="),
    "another spelling": body_of(b"content-disposition: form-data; name=a\r\n\r\n1"),
    "a mark within a line": body_of(part_of("a", "1" + MARK.decode() + "--")),
    "a preamble": b"x\r\n" + body_of(part_of("a", "1")),
    "an epilogue": body_of(part_of("a", "1"), end=b"--\r\nx"),
    "cut off": body_of(part_of("a", "1"))[:-4],
    "cut off in a value": body_of(part_of("a", "1"), part_of("b", "234"))[: -len(MARK) - 6],
}


def as_read_by_django(body):
    about = {"CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY.decode()}", "CONTENT_LENGTH": len(body)}
    return MultiPartParser(about, BytesIO(body), [MemoryFileUploadHandler()]).parse()


def as_received(body):
    request = RequestFactory().generic("POST", "/", body, f"multipart/form-data; boundary={BOUNDARY.decode()}")
    return request.POST, request.FILES


@pytest.mark.parametrize("body", PLAIN)
def test_fields_are_those_that_django_reads(body):
    fields = read_fields(body, BOUNDARY, "utf-8")

    assert fields == as_read_by_django(body)[0]
    assert as_received(body)[0] == fields
    with pytest.raises(AttributeError, match="immutable"):
        fields["a"] = "b"


@pytest.mark.parametrize("body", OTHER.values(), ids=OTHER)
def test_whatever_else_is_sent_is_left_to_django(body):
    post, files = as_received(body)
    expected_post, expected_files = as_read_by_django(body)

    assert read_fields(body, BOUNDARY, "utf-8") is None
    assert post == expected_post
    assert {name: file.read() for name, file in files.items()} == {
        name: file.read() for name, file in expected_files.items()
    }


def test_file_beside_the_fields_arrives():
    request = RequestFactory().post("/", {"title": "題", "file": SimpleUploadedFile("音.mp3", b"\r\n--x")})

    assert request.POST["title"] == "題"
    assert request.FILES["file"].name == "音.mp3"
    assert request.FILES["file"].read() == b"\r\n--x"


def test_file_larger_than_what_is_kept_in_memory_arrives():
    size = settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1
    request = RequestFactory().post("/", {"title": "題", "file": SimpleUploadedFile("a.mp3", b"x" * size)})

    assert request.FILES["file"].size == size
    assert request.POST["title"] == "題"
    request.close()


def test_too_many_fields_are_refused(settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2

    with pytest.raises(TooManyFieldsSent):
        as_received(body_of(*[part_of("a", "1")] * 5))
