"""The field where a problem can be mended: as JSON beside the preview, as a link before publishing."""

from collections.abc import Iterable
from typing import Any

from django.forms import BaseForm, BaseInlineFormSet
from django.utils.html import json_script

from interaxion.content.publishing.publishable import Publishable
from interaxion.text.problems import Level, Problem


def problems_part(thing: Publishable, form: BaseForm, formsets: Iterable[BaseInlineFormSet]) -> str:
    """Return the problems of what is typed, as JSON after the page. Not in a header: proxies limit those to 4 kB."""
    formsets = list(formsets)
    problems = thing.problems(thing.rendered)
    return str(json_script([_as_data(problem, thing, form, formsets) for problem in problems], "problems"))


def _as_data(problem: Problem, thing: Publishable, form: BaseForm, formsets: list[BaseInlineFormSet]) -> dict[str, Any]:
    """`target` is the id of the field, `line` the line in it, from 0. If unknown they are "" and None."""
    target, line = "", problem.line - 1 if problem.line else None
    row = _find_row(problem, formsets)
    if row is not None:
        name = problem.row_field if problem.row_field in row.fields else next(iter(row.fields))
        target = row[name].auto_id
    elif problem.field in form.fields:
        target = form[problem.field].auto_id
    elif problem.place in (lines := getattr(thing, "typed_lines", {})) and "notes" in form.fields:
        head, body = lines[problem.place]
        target, line = form["notes"].auto_id, head if line is None else body + line
    elif any(formset.prefix == problem.field for formset in formsets):
        target = f"{problem.field}-group"
    return {
        "is_error": problem.level is Level.ERROR,
        "message": str(problem),
        "target": target,
        "line": line,
        "spec": problem.spec,
        "offer": problem.offer,
    }


def _find_row(problem: Problem, formsets: list[BaseInlineFormSet]) -> BaseForm | None:
    rows = (row for formset in formsets if formset.prefix == problem.field for row in formset.forms)
    return next((row for row in rows if problem.place and row.instance.key == problem.place), None)


def with_links(problems: Iterable[Problem], thing: Publishable, change_url: str) -> list[tuple[Problem, str]]:
    """Return each problem with the URL of the field where it can be mended."""
    return [(problem, _field_url(problem, thing, change_url)) for problem in problems]


def _field_url(problem: Problem, thing: Publishable, change_url: str) -> str:
    if problem.place:
        keys = [row.key for row in getattr(thing, problem.field).all()]
        if problem.place in keys:
            return f"{change_url}?notes=rows#id_{problem.field}-{keys.index(problem.place)}-{problem.row_field or 'id'}"
    if problem.field in thing.snapshot_rows:
        return f"{change_url}#{problem.field}-group"
    return f"{change_url}#id_{problem.field}" if problem.field else change_url
