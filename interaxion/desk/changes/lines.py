"""The lines of the page of one change: what each row is, where it is, what happens if the change is taken back."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from interaxion.content.changes.changes import Change, Effect
from interaxion.content.changes.plan import RowPlan
from interaxion.content.changes.states import ADDRESSES, FILES, TAGS
from interaxion.content.languages import in_a_row
from interaxion.content.publishing.window import STATE_LABELS, WINDOW_FIELDS, PublishWindow, State


@dataclass(frozen=True)
class Line:
    """One row of the page: what it is, where it is, what happens to it."""

    title: str
    url: str
    what: str
    kept: str


def count_rows(change: Change) -> list[tuple[str, int]]:
    """Return how many rows of each kind were made, changed and removed."""
    counted: Counter[tuple[int, str]] = Counter()
    names = {}
    for row in change.rows.select_related("content_type").only("effect", "content_type", "change"):
        model = row.content_type.model_class()
        names[row.content_type_id] = str(model._meta.verbose_name_plural if model else row.content_type)
        counted[row.content_type_id, row.effect] += 1
    return [
        (gettext("%(kind)s (%(effect)s)") % {"kind": names[kind], "effect": Effect(effect).label}, count)
        for (kind, effect), count in counted.items()
    ]


def kept_lines(request: HttpRequest, change: Change) -> Iterable[Line]:
    """Return what stayed as it was when the change was taken back."""
    rows = change.rows.exclude(kept="").select_related("content_type")
    return [
        line_of(request, RowPlan(row, model, None, kept=row.kept))
        for row in rows
        if (model := row.content_type.model_class())
    ]


def line_of(request: HttpRequest, plan: RowPlan) -> Line:
    opts = plan.model._meta
    if not request.user.has_perm(f"{opts.app_label}.view_{opts.model_name}"):
        return Line(str(opts.verbose_name), "", "", plan.kept)
    is_gone = plan.row.effect == Effect.REMOVED and plan.now is None
    try:
        url = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[plan.row.object_id])
    except NoReverseMatch:
        url = ""
    return Line(plan.title, "" if is_gone else url, _what_happens(plan) if plan.is_due else "", plan.kept)


def _what_happens(plan: RowPlan) -> str:
    if plan.row.effect == Effect.MADE:
        return gettext("is deleted")
    if plan.row.effect == Effect.REMOVED:
        return gettext("is there again")
    if plan.is_content and plan.parts.keys() & set(WINDOW_FIELDS):
        return f"{_state_label(plan, {})} → {_state_label(plan, plan.parts)}"
    return gettext("as before: %(parts)s") % {"parts": in_a_row(_label(plan, name) for name in plan.parts)}


def _state_label(plan: RowPlan, parts: dict[str, Any]) -> str:
    now: Any = plan.now
    fields = {name: {**now.parts, **parts}[name] for name in WINDOW_FIELDS}
    window: Any = plan.model(
        **{name: plan.model._meta.get_field(name).to_python(value or None) for name, value in fields.items()}
    )
    return str(STATE_LABELS[State(PublishWindow.state(window))])


def _label(plan: RowPlan, name: str) -> str:
    others = {ADDRESSES: gettext("addresses"), FILES: gettext("imported files"), TAGS: gettext("tags")}
    if name in others:
        return others[name]
    column: Any = plan.model._meta.get_field(name)
    named = column.related_model._meta.verbose_name_plural if column.auto_created else column.verbose_name
    return str(named)
