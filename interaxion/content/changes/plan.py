"""The plan for taking back a change, row by row: what is given back, and what stays because somebody edited it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from interaxion.content.changes.changes import Change, ChangedRow, Effect
from interaxion.content.changes.states import TAGS, RowState, digest, relations_of, states_of
from interaxion.content.owned_rows import Owner, owned_by_any
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.working_copies import WorkingCopy


@dataclass
class RowPlan:
    row: ChangedRow
    model: type[models.Model]
    #: The row as it is stored now; None if it is gone.
    now: RowState | None
    #: The parts that are given back.
    parts: dict[str, Any] = field(default_factory=dict)
    #: Why it, or a part of it, stays as it is; "" if nothing does.
    kept: str = ""
    #: Whether anything happens to it.
    is_due: bool = False

    @property
    def title(self) -> str:
        """Its title now, or the last one that is known."""
        return self.now.title if self.now else self.row.title

    @property
    def is_content(self) -> bool:
        return issubclass(self.model, Publishable)

    @property
    def is_made_name(self) -> bool:
        """Whether the change made it, and only what carries its name gives it a use: a tag, a file, a work."""
        return self.row.effect == Effect.MADE and not self.is_content


def plan_of(change: Change) -> list[RowPlan]:
    """Return a plan for each row, in the order in which the change touched them."""
    rows = list(change.rows.select_related("content_type").order_by("pk"))
    models_of = {row.content_type_id: row.content_type.model_class() for row in rows}
    keys: dict[type[models.Model], set[int]] = {}
    for row in rows:
        if model := models_of[row.content_type_id]:  # None: a later release has no such table
            keys.setdefault(model, set()).add(row.object_id)
    states = {model: states_of(model, pks) for model, pks in keys.items()}
    plans = [
        RowPlan(row, model, states[model].get(row.object_id))
        for row in rows
        if (model := models_of[row.content_type_id])
    ]
    written = _owners_of_unsaved_texts(rows)
    for plan in plans:
        _decide(plan, is_being_written=plan.row.owner in written)
    _keep_what_refers_to_nothing(plans)
    return plans


def _decide(plan: RowPlan, *, is_being_written: bool) -> None:
    row, now = plan.row, plan.now
    if row.effect == Effect.REMOVED:
        plan.is_due, plan.parts = now is None, row.before if now is None else {}
        return
    if now is None:
        plan.kept = "" if row.effect == Effect.MADE else _("It is not there any more.")
        return
    edited = {name for name, was in row.after.items() if name in now.parts and digest(now.parts[name]) != was}
    if row.effect == Effect.MADE:
        if edited:
            plan.kept = _("It was edited since.")
        elif is_being_written:
            plan.kept = _("Somebody is writing in it.")
        plan.is_due = not plan.kept
        return
    # A text is one whole: it is given back as it was, or not at all. The fields of other rows stand for themselves.
    stays = set(row.before) if plan.is_content and edited else edited & row.before.keys()
    plan.parts = {name: value for name, value in row.before.items() if name not in stays}
    plan.kept = _("It was edited since.") if stays else ""
    plan.is_due = bool(plan.parts)


def _owners_of_unsaved_texts(rows: Collection[ChangedRow]) -> set[Owner]:
    copies = WorkingCopy.objects.filter(owned_by_any([row.owner for row in rows]), closed_at=None).exclude(data="")
    return set(copies.values_list("content_type", "object_id"))


def _keep_what_refers_to_nothing(plans: list[RowPlan]) -> None:
    """Keep what would refer to a row that is gone, such as a speaker who was merged into another since."""
    back = {(plan.model, plan.row.object_id) for plan in plans if plan.row.effect == Effect.REMOVED and plan.is_due}
    wanted: dict[type[models.Model], set[int]] = {}
    for plan in plans:
        for model, pk in _references(plan):
            wanted.setdefault(model, set()).add(pk)
    there = {
        model: set(model._base_manager.filter(pk__in=pks).values_list("pk", flat=True)) for model, pks in wanted.items()
    }
    for plan in plans:
        if any((model, pk) not in back and pk not in there[model] for model, pk in _references(plan)):
            plan.kept, plan.is_due, plan.parts = _("It refers to something that is not there any more."), False, {}


def _references(plan: RowPlan) -> Iterator[tuple[type[models.Model], int]]:
    """Yield what the parts to be given back refer to, without what may be empty, and the tags."""
    relations = relations_of(plan.model)
    for name, value in plan.parts.items():
        if name in relations:
            model = plan.model._meta.get_field(name).related_model
            for row in value:
                yield from _references_in(model, row)
        elif name == TAGS:
            tag = plan.model._meta.get_field(TAGS).related_model
            yield from ((tag, pk) for pk in value)
    yield from _references_in(plan.model, plan.parts)


def _references_in(model: type[models.Model], values: dict[str, Any]) -> Iterator[tuple[type[models.Model], int]]:
    for column in model._meta.concrete_fields:
        if isinstance(column, models.ForeignKey) and not column.null and values.get(column.name):
            yield column.related_model, values[column.name]
