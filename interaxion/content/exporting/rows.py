"""A row as plain data and back: its own fields, the slugs of related rows, and every address it ever had."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from interaxion.content import paths
from interaxion.content.owned_rows import owned_by
from interaxion.content.paths import Path

#: Derived from the other fields.
DERIVED = frozenset({
    "id", "html", "summary_html", "summary_text", "text", "outline", "render_version", "bio_html", "lesson", "appendix",
    "link_count",
})  # fmt: skip
#: Not content: the key of shared previews, and the account of a speaker.
PRIVATE = frozenset({"preview_key", "user"})


def row_data(row: models.Model, *, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return the fields by name; empty ones and those with their default value are left out."""
    data = {}
    for field in _fields(type(row)):
        value = field.value_from_object(row)
        is_default = not callable(field.default) and value == field.default
        if field.name in without or value in (None, "", []) or is_default:
            continue
        if isinstance(field, models.ForeignKey):
            data[field.name] = getattr(row, field.name).slug
        elif isinstance(value, bool | int | list):
            data[field.name] = value
        else:
            data[field.name] = field.value_to_string(row)
    return data


def fill_row(row: models.Model, data: Mapping[str, Any]) -> None:
    """Fill a new row with the data. Raises ValidationError for values that its fields cannot hold."""
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
    """Return each address with its state: `current`, `old` (it redirects), or `unknown` (nobody can know it yet)."""
    return {path.address: address_state(path) for path in paths.paths_of(row).order_by("path")}


def claim_addresses(row: models.Model, addresses: Mapping[str, Any]) -> None:
    """Give the row its addresses. Raises ValidationError if something else has one of them."""
    present = address_data(row)
    for address, state in addresses.items():
        if present.get(address) == state:
            continue
        paths.validate_path(address, row, is_old=state == "old")
        Path.objects.update_or_create(
            path=paths.normalise(address),
            defaults={
                **owned_by(row),
                "has_slash": address.endswith("/"),
                "is_current": state != "old",
                "is_kept": state != "unknown",
            },
        )


def address_state(path: Path) -> str:
    if not path.is_current:
        return "old"
    return "current" if path.is_kept else "unknown"


def _fields(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.name not in DERIVED | PRIVATE]


def _find(model: Any, slug: str) -> models.Model:
    found: models.Model | None = model.objects.filter(slug=slug).first()
    if found is None:
        raise ValidationError(f"{model._meta.verbose_name}: {slug}?")
    return found
