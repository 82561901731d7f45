from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from interaxion.content.files.uploads import LimitedUploadHandler

LIMIT = 200_000  # more than one chunk


class SmallHandler(LimitedUploadHandler):
    most_bytes = LIMIT


@pytest.fixture
def receive():
    """A request with files of these sizes, by name."""
    received: list[HttpRequest] = []

    def send(**sizes: int) -> HttpRequest:
        files = {name: SimpleUploadedFile("a.mp3", b"x" * size) for name, size in sizes.items()}
        request = RequestFactory().post("/", files | {"title": "題"})
        request.upload_handlers = [SmallHandler(request)]
        received.append(request)
        return request

    yield send
    for request in received:
        request.close()


@pytest.mark.parametrize("size", [LIMIT - 1, LIMIT])
def test_file_within_the_limit_arrives_whole(receive, size):
    file = receive(file=size).FILES["file"]

    assert file.size == size
    assert file.read() == b"x" * size


@pytest.mark.parametrize("size", [LIMIT + 1, 3 * LIMIT])
def test_file_beyond_the_limit_arrives_with_its_size_alone(receive, size):
    request = receive(file=size)
    file = request.FILES["file"]

    assert file.size == size
    assert Path(file.temporary_file_path()).stat().st_size == 0
    assert request.POST["title"] == "題"


def test_each_file_of_a_request_has_its_own_limit(receive):
    request = receive(one=LIMIT, other=LIMIT)

    assert [len(file.read()) for file in request.FILES.values()] == [LIMIT, LIMIT]
