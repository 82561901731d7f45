"""A row as plain data and back: its own fields, the slugs of what it points to, and every address it ever had."""

from collections.abc import Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models

from interaxion.content import paths
from interaxion.content.paths import Path

#: Rendered anew from the rest.
DERIVED = frozenset({
    "id", "html", "summary_html", "summary_text", "text", "outline", "render_version", "bio_html",
})  # fmt: skip
#: Who may see a draft, and who has which account, is no content.
PRIVATE = frozenset({"preview_key", "user"})


def row_data(row: models.Model, *, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The fields that say something, by name; what a new row has by itself is left out."""
    data = {}
    for field in _fields(type(row)):
        value = field.value_from_object(row)
        if field.name in without or value in (None, "", []) or (not callable(field.default) and value == field.default):
            continue
        if isinstance(field, models.ForeignKey):
            data[field.name] = getattr(row, field.name).slug
        elif isinstance(value, bool | int | list):
            data[field.name] = value
        else:
            data[field.name] = field.value_to_string(row)
    return data


def fill_row(row: models.Model, data: Mapping[str, Any]) -> None:
    """Write the data into a new row. Raises ValidationError for what its fields cannot hold."""
    for field in _fields(type(row)):
        if field.name not in data:
            continue
        value = data[field.name]
        if isinstance(field, models.ForeignKey):
            setattr(row, field.name, _find(field.related_model, str(value)))
        elif isinstance(field, models.BooleanField):
            setattr(row, field.name, value == "true")
        else:
            setattr(row, field.name, field.to_python(value))


def address_data(row: models.Model) -> dict[str, str]:
    """Each address and what it is: `current`, `old` (it redirects), or `unknown`, where nobody can have it yet."""
    found = paths.paths_of(row).order_by("path")
    return {path.address: "old" if not path.is_current else "current" if path.is_kept else "unknown" for path in found}


def claim_addresses(row: models.Model, addresses: Mapping[str, Any]) -> None:
    """Give the row its addresses. Raises ValidationError where something else has one."""
    for address, said in addresses.items():
        paths.validate_path(address, row, is_old=said == "old")
        Path.objects.update_or_create(
            path=paths.normalise(address),
            defaults={
                "content_type": ContentType.objects.get_for_model(row),
                "object_id": row.pk,
                "has_slash": address.endswith("/"),
                "is_current": said != "old",
                "is_kept": said != "unknown",
            },
        )


def _fields(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.name not in DERIVED | PRIVATE]


def _find(model: Any, slug: str) -> models.Model:
    found: models.Model | None = model._base_manager.filter(slug=slug).first()
    if found is None:
        raise ValidationError(f"{model._meta.verbose_name}: {slug}?")
    return found
