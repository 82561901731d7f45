"""Deleting files that nothing uses: no text, no picture of a row, no older version, no address of an imported site."""

from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext

from interaxion.content import paths
from interaxion.content.files.models import StoredFile
from interaxion.content.files.orphans import is_named
from interaxion.content.languages import in_a_row
from interaxion.desk.library.uses import Use, stem_of


def why_kept(file: StoredFile, uses: dict[str, list[Use]]) -> str:
    """Return why the file must stay; "" if it may be deleted. `uses` are those of all files."""
    if found := uses.get(stem_of(file)):
        return gettext("It is used in: %(titles)s") % {"titles": in_a_row(use.title for use in found[:3])}
    if path := paths.Path.objects.of(file).first():
        return gettext("It still answers at an address of the imported site: %(path)s") % {"path": path.address}
    if is_named(file.file.name, but=file):
        return gettext("An older version, a text that is not saved, or a recorded change names it.")
    return ""


def delete_file(file: StoredFile) -> None:
    """Delete the row, and once that is certain the file, unless another row shares it."""
    name = file.file.name
    with transaction.atomic():
        file.delete()
        if not StoredFile.objects.filter(file=name).exists():
            transaction.on_commit(partial(default_storage.delete, name), robust=True)
