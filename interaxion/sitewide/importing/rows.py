"""Imported rows without a version (podcast, speakers, tags, categories, files): a hash of their fields shows edits."""

import json
from hashlib import sha256

from django.db import models

from interaxion.content.importing.imported import ImportedFile
from interaxion.content.owned_rows import owned_by


def row_digest(row: models.Model) -> str:
    """Return a hash that changes when somebody edits the row."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    return sha256(json.dumps([field.value_to_string(row) for field in fields]).encode()).hexdigest()


def remember_row(row: models.Model, name: str, *, is_demo: bool) -> None:
    ImportedFile.objects.update_or_create(
        **owned_by(row),
        defaults={"name": name, "digest": row_digest(row), "version": 0, "is_demo": is_demo},
    )


def is_untouched(row: models.Model) -> bool:
    """Whether an import wrote the row, and nobody has changed it since."""
    known = ImportedFile.objects.of(row)
    return known.filter(digest=row_digest(row)).exists()
