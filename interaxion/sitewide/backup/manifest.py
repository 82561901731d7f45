"""The manifest: what is in a backup, and how it was when it was written."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.utils import validate_file_name

from interaxion.sitewide.backup.refusals import BackupRefused

NAME = "manifest.json"
#: Raise it when an older release could not read the file any more.
FORMAT = 1


@dataclass(frozen=True)
class Member:
    """A file in the zip: its length and its SHA-256, both without compression."""

    bytes: int
    sha256: str


@dataclass(frozen=True)
class Table(Member):
    rows: int
    #: The last id that the database gave, perhaps to a row that was deleted since.
    last_id: int


@dataclass
class Manifest:
    made_at: str
    release: str
    database: str
    migrations: list[str]
    #: By the label of the model, such as `episodes.episode`.
    tables: dict[str, Table] = field(default_factory=dict)
    #: By the name in the storage, such as `audio/0a1b.mp3`.
    media: dict[str, Member] = field(default_factory=dict)

    def members(self) -> Iterator[tuple[str, Member]]:
        """Yield the name of each file in the zip but the manifest, and what is known of it."""
        yield from ((table_member(label), table) for label, table in self.tables.items())
        yield from ((media_member(name), member) for name, member in self.media.items())

    def __str__(self) -> str:
        rows = sum(table.rows for table in self.tables.values())
        return f"{rows} rows of {len(self.tables)} tables and {len(self.media)} files"


def table_member(label: str) -> str:
    return f"tables/{label}.jsonl"


def media_member(name: str) -> str:
    return f"media/{name}"


def write_manifest(manifest: Manifest) -> bytes:
    return json.dumps({"format": FORMAT, **asdict(manifest)}, ensure_ascii=False, indent=1).encode()


def read_manifest(data: bytes) -> Manifest:
    """Raises BackupRefused for the form of a newer release, and for names that lead out of the folder of media."""
    try:
        values: dict[str, Any] = json.loads(data)
        found = values.pop("format")
        if found != FORMAT:
            raise BackupRefused("The backup was made by a newer release. Upgrade this site first, then restore it.")
        values["tables"] = {label: Table(**table) for label, table in values["tables"].items()}
        values["media"] = {name: Member(**member) for name, member in values["media"].items()}
        manifest = Manifest(**values)
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        raise BackupRefused(f"The manifest of the backup cannot be read ({problem}).") from problem
    for name in manifest.media:
        if not _is_inside(name):
            raise BackupRefused(f"The backup names a file outside of the folder of media: {name!r}.")
    return manifest


def _is_inside(name: str) -> bool:
    """Whether it is a plain relative path, such as `audio/0a1b.mp3` (zip slip)."""
    try:
        validate_file_name(name, allow_relative_path=True)
    except SuspiciousFileOperation:
        return False
    return str(PurePosixPath(name)) == name
