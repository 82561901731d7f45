"""Where stored files are used: in the rendered texts of all content, drafts too, and as pictures of rows."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib import admin
from django.db.models import Field, Model
from django.urls import reverse

from interaxion.content.files.models import FOLDER
from interaxion.content.files.pictures import PictureField
from interaxion.content.publishing.publishable import Publishable

#: A picture of a row (a cover, a portrait, an artwork) is a file of its own, of the same name if it was not shrunk.
_NAMED = re.compile(rf"\b(?:{FOLDER}|pictures)/([0-9A-Za-z]+)\.\w+")


class Use(NamedTuple):
    title: str
    url: str


def find_uses() -> dict[str, list[Use]]:
    """Return the things that show or link each file, by the stem of its name: one pass over the texts."""
    found: dict[str, list[Use]] = {}
    for model in filter(admin.site.is_registered, apps.get_models()):
        fields = [field.name for field in model._meta.concrete_fields if _names_files(field)]
        if not fields:
            continue
        url_name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        rows = model._default_manager.order_by("pk")
        if issubclass(model, Publishable):
            rows = rows.only("pk", "title", *fields, *_extra(model))
        for row in rows.iterator():
            for stem in set(_NAMED.findall(" ".join(str(getattr(row, name)) for name in fields))):
                found.setdefault(stem, []).append(Use(str(row), reverse(url_name, args=[row.pk])))
    return found


def stem_of(file: Any) -> str:
    """Return the hash that a StoredFile is named by."""
    return str(file.file.name).rpartition("/")[2].partition(".")[0]


def _names_files(field: Field) -> bool:
    return isinstance(field, PictureField) or field.name.endswith("html")


def _extra(kind: type[Model]) -> Iterator[str]:
    """Yield the other fields that the name of a thing is made of."""
    return (field.name for field in kind._meta.fields if field.name == "number")
