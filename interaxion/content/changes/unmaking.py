"""Deleting what a change has made: content that nobody edited, and the names and files that nothing needs any more."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from interaxion.content import paths
from interaxion.content.changes.plan import RowPlan
from interaxion.content.files.models import StoredFile
from interaxion.content.importing.imported import ImportedFile
from interaxion.content.publishing.derived_rows import DerivedRow
from interaxion.content.publishing.publishable import Publishable, kinds
from interaxion.content.saving.purging import purge

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def unmake(plans: Sequence[RowPlan], *, user: "AbstractBaseUser | None", note: str) -> None:
    """Delete the rows of these plans, the last one first. What something else needs stays, and its plan says so."""
    shown = _texts_with_files() if any(plan.model is StoredFile for plan in plans) else ""
    for plan in reversed(plans):
        row = plan.model._base_manager.filter(pk=plan.row.object_id).first()
        if row is None:
            continue
        if _is_needed(row, shown):
            is_gone = False
        elif isinstance(row, Publishable):
            is_gone = purge(row, user=user, note=note)
        else:
            is_gone = True
            _delete(row)
        if not is_gone:
            plan.kept, plan.is_due = _("Something else needs it."), False


def _is_needed(row: models.Model, shown: str) -> bool:
    """Whether something else refers to it: for content only what would forget it, such as a letter about it."""
    if isinstance(row, StoredFile):
        return row.file.url in shown
    relations: list[Any] = [each for each in row._meta.related_objects if not _goes_with(each)]
    if isinstance(row, Publishable):
        relations = [each for each in relations if each.on_delete is models.SET_NULL]
    return any(each.related_model._base_manager.filter(**{each.field.name: row}).exists() for each in relations)


def _goes_with(relation: Any) -> bool:
    return issubclass(relation.related_model, DerivedRow) and relation.on_delete is models.CASCADE


def _delete(row: models.Model) -> None:
    ImportedFile.objects.of(row).delete()
    if isinstance(row, StoredFile):
        paths.release(row)
        transaction.on_commit(partial(row.file.storage.delete, row.file.name))
    row.delete()


def _texts_with_files() -> str:
    """Return the HTML of all content, which names the files that it shows."""
    return "\n".join(html for kind in kinds() for html in kind.objects.values_list("html", flat=True))
