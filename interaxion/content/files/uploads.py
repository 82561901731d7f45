"""The upload handlers: fields are read in one go, and a file above the limit never fills the disk.

The form of an episode has 200 fields. Django reads each as a stream, as if it were a large file: a tenth of a preview,
which every pause in typing asks for. Whatever does not look exactly as browsers write fields, such as a file, is left
to Django.
"""

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any, Protocol

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler
from django.http import QueryDict
from django.http.multipartparser import MultiPartParser
from django.utils.datastructures import MultiValueDict

from interaxion.content.files.limits import MOST_FILE_BYTES

#: What stands before the value of a field. An input for files that was left empty is a field, too.
_HEAD = re.compile(
    rb'\r\nContent-Disposition: form-data; name="([\w.-]+)"'
    rb'(?:; filename=""\r\nContent-Type: application/octet-stream)?\r\n\r\n'
)
_ENDS = (b"--\r\n", b"--")


class Body(Protocol):
    def read(self, size: int, /) -> bytes: ...


class FieldsReader(FileUploadHandler):
    """Stands before the other upload handlers, and asks Django to go on with those if it cannot read a body itself."""

    def handle_raw_input(
        self,
        input_data: Body,
        META: Mapping[str, Any],
        content_length: int,
        boundary: bytes,
        encoding: str | None = None,
    ) -> tuple[QueryDict, MultiValueDict[str, Any]] | None:
        if content_length > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:  # the most that Django has in memory of a file
            return None
        body = input_data.read(content_length)
        fields = read_fields(body, boundary, encoding or settings.DEFAULT_CHARSET)
        if fields is not None:
            return fields, MultiValueDict()
        others = [each for each in self.request.upload_handlers if each is not self]
        return MultiPartParser(META, BytesIO(body), others, encoding).parse()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def read_fields(body: bytes, boundary: bytes, encoding: str) -> QueryDict | None:
    """Return the fields as Django would read them; None if there is anything else in the body."""
    mark = b"--" + boundary
    first, *parts = (b"\r\n" + body).split(b"\r\n" + mark)
    # Django also takes a mark for one that does not stand at the beginning of a line.
    if first or not parts or parts.pop() not in _ENDS or body.count(mark) != len(parts) + 1:
        return None
    if len(parts) > settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
        return None
    fields = QueryDict(mutable=True)
    for part in parts:
        head = _HEAD.match(part)
        if head is None:
            return None
        fields.appendlist(head[1].decode(), part[head.end() :].decode(encoding, "replace"))
    fields._mutable = False  # as Django leaves it
    return fields


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Reads the whole request, so that the form can report the size; of a file above the limit it keeps no bytes."""

    most_bytes = MOST_FILE_BYTES

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= self.most_bytes:
            self.file.write(raw_data)
        elif start <= self.most_bytes:
            self.file.seek(0)
            self.file.truncate()
