"""The contents of an export: the classes of documents, the rows without a document, and the data of a document."""

from hashlib import sha256
from typing import Any

from django.db import models

import episodes.exporting
import posts.exporting
from courses.exporting import ChapterExport, CourseExport
from episodes.models import Speaker
from interaxion.content.exporting.documents import extra_of
from interaxion.content.exporting.kinds import Exported, ExportedKind
from interaxion.content.exporting.rows import address_data, row_data
from interaxion.content.files.models import StoredFile
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.tags import Tag
from interaxion.sitewide.exporting import pages
from posts.models import Category

#: The version of the format; an import reads only this one.
FORMAT = 1
#: In the order of an import: a course before its chapters.
KINDS: tuple[ExportedKind, ...] = (CourseExport(), ChapterExport(), episodes.exporting, posts.exporting, pages)
#: File in `_data` → rows without a document of their own, and the field by which they are ordered and known.
NAMED: dict[str, tuple[type[models.Model], str]] = {
    "members": (Speaker, "name"),
    "tags": (Tag, "name"),
    "categories": (Category, "slug"),
    "files": (StoredFile, "sha256"),
}
WORK_COLUMNS = (
    "id", "kind", "key", "title", "url", "details", "found_title", "found", "looked_up_at", "merged_into",
)  # fmt: skip
#: Of these, what is written as JSON.
WORK_JSON = ("details", "found")


def document_row(kind: ExportedKind, thing: Publishable, name: str, data: bytes, exported: Exported) -> dict[str, Any]:
    """Return the data beside a document: its name and hash, the fields of its row, and what belongs to it."""
    row: dict[str, Any] = {"document": name, "sha256": sha256(data).hexdigest()}
    row |= row_data(thing, without=kind.in_document)
    row["addresses"] = address_data(thing)
    if extra := extra_of(thing):
        row["extra"] = extra
    belongings = {**exported.belongings, "files": sorted(exported.files)}
    return row | {key: value for key, value in belongings.items() if value}
