"""The renderer of forms: the smallest templates of Django, written out in Python.

The form of an episode renders 1,300 of them, which took two fifths of its time. `tests/serving/test_form_renderer.py`
compares each with Django's template.
"""

import html
from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

_WIDGETS = "django/forms/widgets/"
_INPUTS = (
    "checkbox", "color", "date", "datetime", "email", "file", "hidden", "input", "number", "password", "search", "tel",
    "text", "time", "url",
)  # fmt: skip


class FormRenderer(DjangoTemplates):
    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        write = _WRITERS.get(template_name)
        if write is None:
            return super().render(template_name, context, request)
        return mark_safe(write(context))  # noqa: S308 each value is escaped


def escape(value: Any) -> str:
    """Escape a value unless it is safe, as `conditional_escape()` does, which takes three times as long for a text."""
    return value.__html__() if hasattr(value, "__html__") else html.escape(str(value))


def write_attributes(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {escape(name)}" if value is True else f' {escape(name)}="{escape(value)}"'
        for name, value in (attrs or {}).items()
        if value is not False
    )


def _input(context: Mapping[str, Any]) -> str:
    widget = context["widget"]
    value = "" if widget["value"] is None else f' value="{escape(widget["value"])}"'
    return f'<input type="{escape(widget["type"])}" name="{escape(widget["name"])}"{value}{_of(widget)}>'


def _textarea(context: Mapping[str, Any]) -> str:
    widget = context["widget"]
    return f'<textarea name="{escape(widget["name"])}"{_of(widget)}>\n{escape(widget["value"] or "")}</textarea>'


def _select(context: Mapping[str, Any]) -> str:
    widget = context["widget"]
    parts = [f'<select name="{escape(widget["name"])}"{_of(widget)}>']
    for group, options, _index in widget["optgroups"]:
        if group:
            parts.append(f'\n  <optgroup label="{escape(group)}">')
        for option in options:
            value, label = escape(option["value"]), escape(option["label"])
            parts.append(f'\n  <option value="{value}"{_of(option)}>{label}</option>\n')
        if group:
            parts.append("\n  </optgroup>")
    return "".join([*parts, "\n</select>"])


def _label(context: Mapping[str, Any]) -> str:
    label = escape(context["label"])
    if not context["use_tag"]:
        return label
    tag = escape(context["tag"])
    return f"<{tag}{write_attributes(context['attrs'])}>{label}</{tag}>"


def _of(widget: Mapping[str, Any]) -> str:
    return write_attributes(widget["attrs"])


_WRITERS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    **{f"{_WIDGETS}{name}.html": _input for name in _INPUTS},
    f"{_WIDGETS}textarea.html": _textarea,
    f"{_WIDGETS}select.html": _select,
    "django/forms/label.html": _label,
}
