"""The WSGI entry point with requests that no browser sends."""

from importlib import import_module
from wsgiref.util import FileWrapper, setup_testing_defaults

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


@pytest.mark.django_db  # Django checks its database connection before each request
@pytest.mark.filterwarnings("ignore:No directory at")  # no static files are collected for a test
@pytest.mark.parametrize("charset", ["rot13", "idna", "utf-16", "nothing", "utf-8"])
def test_request_with_any_charset_is_answered(charset):
    application = import_module("interaxion.wsgi").application
    environ = {"HTTP_HOST": "localhost", "PATH_INFO": "/robots.txt", "QUERY_STRING": "q=%E5%85%89&q=1"}
    environ["CONTENT_TYPE"] = f"text/plain; charset={charset}"
    setup_testing_defaults(environ)
    statuses = []

    application(environ, lambda status, _headers: statuses.append(status))

    assert statuses == ["200 OK"]


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore:No directory at")
@pytest.mark.parametrize("path", ["/robots.txt", "/media/audio/a.mp3"])
def test_answer_to_head_has_the_length_and_no_body(path):
    default_storage.save("audio/a.mp3", ContentFile(b"voice"))
    application = import_module("interaxion.wsgi").application
    environ = {"HTTP_HOST": "localhost", "PATH_INFO": path, "REQUEST_METHOD": "HEAD", "wsgi.file_wrapper": FileWrapper}
    setup_testing_defaults(environ)
    headers = {}

    body = application(environ, lambda _status, sent: headers.update(sent))

    assert list(body) == []
    assert int(headers["Content-Length"]) > 0
