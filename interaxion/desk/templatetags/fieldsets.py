"""The fields of a form in the admin: Django's `admin/includes/fieldset.html`, written out in Python.

Each row of a form includes that template, which asks for some twenty values of each field: half the time of the form of
an episode. `tests/desk/test_fieldsets.py` compares the two.
"""

from collections.abc import Iterator
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from interaxion.serving.form_renderer import escape, write_attributes

register = template.Library()


@register.simple_tag(takes_context=True)
def write_fieldset(context: Context) -> SafeString:
    """Write `fieldset`, with the other variables of Django's template."""
    return _join(_fieldset(context["fieldset"], context))


def _fieldset(fieldset: Any, context: Context) -> Iterator[str]:
    name, is_folded = fieldset.name, fieldset.name and fieldset.is_collapsible
    heading = "-".join(str(context.get(each, "")) for each in ("prefix", "id_prefix", "id_suffix")) + "-heading"
    labelled = format_html(' aria-labelledby="{}"', heading) if name else ""
    yield format_html('<fieldset class="module aligned {}"{}>', fieldset.classes, labelled)
    if is_folded:
        yield "<details><summary>"
    if name:
        level = context.get("heading_level") or 2
        yield format_html('<h{0} id="{1}" class="fieldset-heading">{2}</h{0}>', level, heading, name)
    if is_folded:
        yield "</summary>"
    if fieldset.description:
        yield f'<div class="description">{fieldset.description}</div>'
    for line in fieldset:
        yield from _line(line)
    if is_folded:
        yield "</details>"
    yield "</fieldset>"


def _line(line: Any) -> Iterator[str]:
    fields = list(line)
    is_alone = len(fields) == 1
    has_errors = is_alone and _has_errors(fields[0])
    hidden = "" if line.has_visible_field else " hidden"
    names = _join(map(_class_of, fields))
    yield f'<div class="form-row{" errors" if has_errors else ""}{hidden}{names}">'
    if has_errors:
        yield line.errors()
    if not is_alone:
        yield '<div class="flex-container form-multiline">'
    for field in fields:
        yield from _field(field, is_alone=is_alone)
    if not is_alone:
        yield "</div>"
    yield "</div>"


def _field(field: Any, *, is_alone: bool) -> Iterator[str]:
    classes = "flex-container"
    yield "<div>"
    if not is_alone:
        has_errors = _has_errors(field)
        if has_errors:
            yield field.errors()
        classes += f" fieldBox{_class_of(field)}{' errors' if has_errors else ''}"
        classes += " hidden" if _value(field, "is_hidden") else ""
    if field.is_checkbox:
        yield f'<div class="{classes} checkbox-row">{field.field}{_label(field)}</div>'
    elif field.is_readonly:
        yield f'<div class="{classes}">{field.label_tag()}<div class="readonly">{field.contents()}</div></div>'
    else:
        yield f'<div class="{classes}">{_label(field)}{field.field}</div>'
    if help_text := _value(field, "help_text"):
        hidden = " hidden" if _value(field, "is_hidden") else ""
        target = _value(field, "id_for_label")
        place = f' id="{escape(target)}_helptext"' if target else ""
        yield f'<div class="help{hidden}"{place}><div>{help_text}</div></div>'
    yield "</div>"


def _label(field: Any) -> str:
    """Return the label of a field that can be changed, as `AdminField.label_tag()` and `BoundField.label_tag()` do."""
    bound = field.field
    text, suffix = escape(bound.label), bound.field.label_suffix
    suffix = "" if field.is_checkbox else bound.form.label_suffix if suffix is None else suffix
    if suffix and text and text[-1] not in gettext(":?.!"):
        text += escape(suffix)
    marks = {"vCheckboxLabel": field.is_checkbox, "required": bound.field.required, "inline": not field.is_first}
    classes = " ".join(name for name, is_so in marks.items() if is_so)
    attrs = {"class": classes} if classes else {}
    if target := bound.id_for_label:
        attrs["for"] = target
    return f"<label{write_attributes(attrs)}>{text}</label>"


def _has_errors(field: Any) -> bool:
    return not field.is_readonly and field.field.name in field.field.form.errors


def _class_of(field: Any) -> str:
    name = _value(field, "name")
    return f" field-{escape(name)}" if name else ""


def _value(field: Any, name: str) -> Any:
    """Return a value of the field of the form; in place of one that is only shown Django has a dictionary."""
    return field.field.get(name, "") if field.is_readonly else getattr(field.field, name)


def _join(parts: Any) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 each part is escaped, or trusted by Django's template as well
