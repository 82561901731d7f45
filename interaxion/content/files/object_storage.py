"""Media in an S3-compatible object storage, for sites on several machines (MEDIA_STORAGE).

Files keep their addresses under /media/, where our view passes them on. No stored HTML and no policy names another
host.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO, Any
from urllib.parse import urljoin

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation, SuspiciousOperation
from django.core.files.base import File
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3File, S3Storage

from interaxion.content.files.storage_away import StorageAway

#: Seconds to wait for a connection and for each piece of an answer; how often a request is tried.
CONNECT_SECONDS, READ_SECONDS, TRIES = 3, 20, 3


@contextmanager
def telling_when_away() -> Iterator[None]:
    """Raise StorageAway for whatever the server or the network refuses. FileNotFoundError passes."""
    try:
        yield
    except (BotoCoreError, ClientError) as problem:
        raise StorageAway(str(problem)) from problem


class RemoteFile(S3File):
    """A stored file. Nothing is fetched before it is read, and then the whole goes to a temporary file on disk."""

    @property
    def changed_at(self) -> datetime:
        changed_at: datetime = self.obj.last_modified
        return changed_at

    def fetch(self, first: int, length: int) -> IO[bytes]:
        """Return a temporary file with `length` bytes from `first` on. Raises StorageAway."""
        part = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
        if length:
            with telling_when_away():
                body = self.obj.get(Range=f"bytes={first}-{first + length - 1}")["Body"]
                shutil.copyfileobj(body, part)
        part.seek(0)
        return part


class ObjectStorage(S3Storage):
    def get_default_settings(self) -> dict[str, Any]:
        return super().get_default_settings() | {
            "file_overwrite": False,
            "max_memory_size": 5_000_000,
            "client_config": Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                retries={"mode": "standard", "total_max_attempts": TRIES},
                # Servers other than Amazon's do not know its newer checksums.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        }

    def url(self, name: str, *args: Any, **options: Any) -> str:
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name).lstrip("/"))

    def open(self, name: str, mode: str = "rb") -> File:
        """Raises FileNotFoundError, StorageAway."""
        with telling_when_away():
            return super().open(name, mode)

    def _open(self, name: str, mode: str = "rb") -> RemoteFile:
        try:
            key = self._normalize_name(name)
        except SuspiciousOperation as problem:  # Django's own storages raise this one
            raise SuspiciousFileOperation(str(problem)) from problem
        if "\0" in key:
            raise SuspiciousFileOperation(f"{name!r} is no name of a file")
        try:
            return RemoteFile(key, mode, self)
        except ClientError as problem:
            if problem.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise FileNotFoundError(f"There is no file {name}") from problem
            raise

    def save(self, name: str, content: Any, max_length: int | None = None) -> str:
        with telling_when_away():
            saved: str = super().save(name, content, max_length)
        return saved

    def exists(self, name: str) -> bool:
        with telling_when_away():
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        with telling_when_away():
            super().delete(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with telling_when_away():
            folders, files = super().listdir(path)
        return folders, files

    def size(self, name: str) -> int:
        with telling_when_away():
            return int(super().size(name))
