"""The pictures that rows name: their place in an export, and how they are restored."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from interaxion.content.files.pictures import PictureField
from interaxion.content.importing.inputs import ImportInputs
from interaxion.text.source_errors import Note, gettext_noop

#: It holds stored files under their own names, so that their addresses stay the same.
FOLDER = "media/"


def stored_names(row: models.Model) -> Iterator[str]:
    """Yield the names in the storage of the row's files."""
    for field in row._meta.concrete_fields:
        if isinstance(field, models.FileField) and (name := getattr(row, field.name).name):
            yield name


def bring_back_pictures(row: models.Model, data: Mapping[str, Any], inputs: ImportInputs) -> list[Note]:
    """Store every picture of the row again. A missing or refused one leaves its field empty and gives a warning."""
    notes = []
    for field in row._meta.concrete_fields:
        if not isinstance(field, PictureField) or not data.get(field.name):
            continue
        name, kept = FOLDER + data[field.name], ""
        try:
            if inputs.files.find(name) is None:
                notes.append(Note(1, gettext_noop("the picture %(file)s is missing"), {"file": name}))
            else:
                kept = inputs.files.keep_picture(name, longest_side=field.longest_side)
        except ValidationError as refused:
            message = gettext_noop("the file %(file)s is not kept: %(problem)s")
            notes.append(Note(1, message, {"file": name, "problem": " ".join(refused.messages)}))
        setattr(row, field.name, kept)
    return notes
