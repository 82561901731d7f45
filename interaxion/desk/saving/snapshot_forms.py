"""A snapshot as the form that a browser would send: to restore a revision, and to save a merge."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, QueryDict

from interaxion.content.prefetching import set_prefetched
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.saving.snapshots import Names, key_of_row, take_value
from interaxion.content.tags import spell_names
from interaxion.desk.protocol import DeskAdmin
from interaxion.desk.saving.posted import posted
from interaxion.desk.saving.typed_rows import hold_typed_tags
from interaxion.text.merging import Snapshot


def fill(thing: Publishable, data: Snapshot) -> list[str]:
    """Fill `thing` in memory from the snapshot; return the names of people and things that no longer exist.

    Fields that the model no longer has, and values that it does not accept, are skipped.
    """
    names: Names = {}
    gone = [
        str(value)
        for name, value in data["fields"].items()
        if name in thing.snapshot_fields and not take_value(thing, name, value, names)
    ]
    if hasattr(thing, "tags"):
        hold_typed_tags(thing, data["tags"])
    for relation in thing.snapshot_rows:
        manager, rows = getattr(thing, relation), []
        for values in data["rows"].get(relation, []):
            row = manager.model(**{manager.field.name: thing})
            known = {name: value for name, value in values.items() if name in row.snapshot_fields}
            lost = [str(value) for name, value in known.items() if not take_value(row, name, value, names)]
            gone += lost
            if not lost:
                rows.append(row)
        set_prefetched(thing, relation, rows)
    return gone


def as_posted(
    model_admin: DeskAdmin, request: HttpRequest, thing: Publishable, data: Snapshot
) -> tuple[QueryDict, list[str]]:
    """Return the POST data of the form filled from the snapshot, and the names of what no longer exists."""
    whole = QueryDict(mutable=True)
    whole.update(model_admin.whole_form)
    filled = type(thing).objects.get(pk=thing.pk)
    gone = fill(filled, data)
    result = whole.copy()
    with posted(request, whole):  # the POST data decides which form this is
        form = model_admin.form_class_for(request, filled)(instance=filled)
        form.initial["tags"] = spell_names(data["tags"])
        _write_fields(result, form)
        for formset_class, inline in model_admin.get_formsets_with_inlines(request, thing):
            _write_rows(result, formset_class, inline, request, filled)
    return result, gone


def _write_fields(data: QueryDict, form: forms.BaseForm, prefix: str = "") -> None:
    for field in form:
        widget, value = field.field.widget, field.value()
        if isinstance(widget, forms.FileInput):
            continue  # a browser sends no file unless somebody chose one
        data.setlist(prefix + field.name, _sent_values(widget, value))


def _sent_values(widget: forms.Widget, value: Any) -> list[str]:
    """Return the values that a browser sends for a widget that shows `value`."""
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if value else []
    shown = widget.format_value(value)
    if isinstance(shown, list):
        return [str(item) for item in shown]
    return [] if shown is None else [str(shown)]


def _write_rows(
    data: QueryDict, formset_class: Any, inline: admin.options.InlineModelAdmin, request: HttpRequest, filled: Any
) -> None:
    """Write stored rows first, as Django expects; mark those that the snapshot lacks as deleted."""
    prefix = formset_class.get_default_prefix()
    stored = {key_of_row(row): row for row in inline.get_queryset(request).filter(**{formset_class.fk.name: filled.pk})}
    wanted = {key_of_row(row): row for row in getattr(filled, formset_class.fk.remote_field.get_accessor_name()).all()}
    order = [*(key for key in stored), *(key for key in wanted if key not in stored)]
    for index, key in enumerate(order):
        start = f"{prefix}-{index}-"
        _write_fields(data, formset_class.form(instance=wanted.get(key) or stored[key]), start)
        if key in stored:
            data[f"{start}{formset_class.model._meta.pk.name}"] = str(stored[key].pk)
        if key not in wanted:
            data[f"{start}DELETE"] = "on"
    counts = {"TOTAL": len(order), "INITIAL": len(stored), "MIN_NUM": 0, "MAX_NUM": 1000}
    for name, count in counts.items():
        data[f"{prefix}-{name}_FORMS"] = str(count)


def fit_rows(model_admin: DeskAdmin, request: HttpRequest, thing: Publishable, data: QueryDict) -> QueryDict:
    """Return the same form renumbered for the rows stored now: rows deleted since become new ones. Changes `data`."""
    data = model_admin.without_row_keys(data)
    with posted(request, data):  # the POST data decides which form this is
        for formset_class, inline in model_admin.get_formsets_with_inlines(request, thing):
            stored = inline.get_queryset(request).filter(**{formset_class.fk.name: thing.pk})
            _renumber(data, formset_class.get_default_prefix(), {str(pk) for pk in stored.values_list("pk", flat=True)})
    return data


def _renumber(data: QueryDict, prefix: str, stored: set[str]) -> None:
    total = data.get(f"{prefix}-TOTAL_FORMS", "")
    rows: list[dict[str, list[str]]] = []
    for index in range(min(int(total[:4]), 1000) if total.isdecimal() else 0):
        start = f"{prefix}-{index}-"
        rows.append({name.removeprefix(start): data.pop(name) for name in list(data) if name.startswith(start)})
    known = [row for row in rows if row.get("id", [""])[0] in stored]
    new = [{**row, "id": [""]} for row in rows if row not in known and "DELETE" not in row]
    for index, row in enumerate([*known, *new]):
        for name, values in row.items():
            data.setlist(f"{prefix}-{index}-{name}", values)
    data[f"{prefix}-TOTAL_FORMS"], data[f"{prefix}-INITIAL_FORMS"] = str(len(known) + len(new)), str(len(known))
