"""Uploads that a job will read. They are in the storage of media, which all machines share; no page serves them."""

import posixpath
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.text import get_valid_filename

FOLDER = "uploads"
#: The longest file name of an upload, in bytes, without its ending.
LONGEST_STEM = 200
#: How long an upload waits for what is to be done with it.
KEPT_FOR = timedelta(days=1)


def keep_upload(file: UploadedFile) -> str:
    """Store the upload in a folder whose name nobody can guess, and return its name in the storage."""
    stem, _dot, suffix = get_valid_filename(file.name).rpartition(".")
    # File systems limit bytes; a Japanese character has three in UTF-8.
    stem = stem.encode()[:LONGEST_STEM].decode(errors="ignore")
    return default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}/{stem}.{suffix}", file)


def digest_of(file: UploadedFile) -> str:
    """Return the SHA-256 of what was uploaded."""
    digest = sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


@contextmanager
def open_upload(name: str) -> Iterator[Path]:
    """Yield the upload as a file of this machine. Raises FileNotFoundError if it is gone."""
    if not default_storage.exists(name):
        raise FileNotFoundError(name)
    if local := _local_path(name):
        yield local
        return
    # Not in /tmp, where anybody may put a `_config.yml` beside it.
    _copies().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_copies()) as folder:
        copy = Path(folder, posixpath.basename(name))
        with default_storage.open(name) as stream, copy.open("wb") as target:
            shutil.copyfileobj(stream, target)
        yield copy


def _local_path(name: str) -> Path | None:
    try:
        return Path(default_storage.path(name))
    except NotImplementedError:  # the storage is on another machine
        return None


def _copies() -> Path:
    return Path(settings.VAR_DIR) / "uploads"


def has_upload(name: str) -> bool:
    return default_storage.exists(name)


def forget_upload(name: str) -> None:
    default_storage.delete(name)
    with suppress(OSError):  # a storage without folders has none to delete
        default_storage.delete(posixpath.dirname(name))


def is_upload(name: str) -> bool:
    """Whether a name in the storage, however it is spelled, is that of an upload."""
    return posixpath.normpath(name).lstrip("/").split("/")[0].lower() == FOLDER


def sweep_uploads() -> None:
    """Delete what has waited too long, and the copies of killed workers."""
    oldest = timezone.now() - KEPT_FOR
    with suppress(FileNotFoundError):
        for folder in default_storage.listdir(FOLDER)[0]:
            for file in default_storage.listdir(f"{FOLDER}/{folder}")[1]:
                name = f"{FOLDER}/{folder}/{file}"
                if default_storage.get_modified_time(name) < oldest:
                    forget_upload(name)
    for copy in _copies().glob("*"):
        if copy.stat().st_mtime < oldest.timestamp():
            shutil.rmtree(copy, ignore_errors=True)
