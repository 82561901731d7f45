"""Stored files that nothing names any more: old drawings, and uploads whose save failed or was killed."""

from collections.abc import Collection, Iterator
from datetime import timedelta

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils import timezone

#: Younger files may belong to a save that is still going on.
KEPT_FOR = timedelta(days=7)
_TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField)


def sweep_orphans() -> int:
    """Delete old uploads whose name is in no text of any row, revisions included. Return the number of files."""
    old = [name for name in _find_uploads() if _is_old(name) and not is_named(name)]
    for name in old:
        default_storage.delete(name)
    return len(old)


def sweep_folder(folder: str, *, kept: Collection[str]) -> int:
    """Delete the files in a folder of the storage whose names are not among those kept. Return their number."""
    try:
        found = default_storage.listdir(folder)[1]
    except OSError:  # nothing was stored there yet
        return 0
    old = [name for file in found if (name := f"{folder}/{file}") not in kept]
    for name in old:
        default_storage.delete(name)
    return len(old)


def _find_uploads() -> Iterator[str]:
    """Yield the names of all files in the folders that model fields upload to."""
    folders = {
        str(field.upload_to)
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, models.FileField)
    }
    for folder in sorted(folders):
        try:
            yield from (f"{folder}/{file}" for file in default_storage.listdir(folder)[1])
        except OSError:  # nothing was uploaded there yet
            continue


def _is_old(name: str) -> bool:
    return default_storage.get_modified_time(name) < timezone.now() - KEPT_FOR


def is_named(name: str, *, but: models.Model | None = None) -> bool:
    """Whether any row of any table, `but` this one, holds the last part of the name, which is a hash."""
    stem = name.rpartition("/")[2].partition(".")[0]
    # Fields that name the file as it is are found by their index; the texts of all tables are read only for the rest.
    for exactly in (True, False):
        for model in apps.get_models():
            fields = [field.attname for field in model._meta.concrete_fields if isinstance(field, _TEXTS)]
            files = [field.attname for field in model._meta.concrete_fields if isinstance(field, models.FileField)]
            rows = model._base_manager.exclude(pk=but.pk) if isinstance(but, model) else model._base_manager.all()
            if exactly:
                condition = Q(*((file, name) for file in files), _connector=Q.OR)
                is_found = bool(files) and rows.filter(condition).exists()
            else:
                texts = {f"text_of_{field}": Cast(field, models.TextField()) for field in fields}
                condition = Q(*((f"{text}__contains", stem) for text in texts), _connector=Q.OR)
                is_found = bool(texts) and rows.alias(**texts).filter(condition).exists()
            if is_found:
                return True
    return False
