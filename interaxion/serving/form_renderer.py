"""The renderer of forms: the smallest templates of Django, written out in Python.

The form of an episode renders 1,300 of them, which took two fifths of its time. `tests/serving/test_form_renderer.py`
compares each with Django's template.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

_WIDGETS = "django/forms/widgets/"
_INPUTS = (
    "checkbox", "color", "date", "datetime", "email", "file", "hidden", "input", "number", "password", "search", "tel",
    "text", "time", "url",
)  # fmt: skip


class FormRenderer(DjangoTemplates):
    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        write = _WRITERS.get(template_name)
        return write(context) if write else super().render(template_name, context, request)


def _attributes(attrs: Mapping[str, Any]) -> SafeString:
    written = (
        f" {conditional_escape(name)}" + ("" if value is True else f'="{conditional_escape(value)}"')
        for name, value in (attrs or {}).items()
        if value is not False
    )
    return mark_safe("".join(written))  # noqa: S308 each name and value is escaped


def _input(context: Mapping[str, Any]) -> SafeString:
    widget = context["widget"]
    value = "" if widget["value"] is None else format_html(' value="{}"', widget["value"])
    return format_html('<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, _of(widget))


def _textarea(context: Mapping[str, Any]) -> SafeString:
    widget = context["widget"]
    return format_html('<textarea name="{}"{}>\n{}</textarea>', widget["name"], _of(widget), widget["value"] or "")


def _select(context: Mapping[str, Any]) -> SafeString:
    widget = context["widget"]
    parts = [format_html('<select name="{}"{}>', widget["name"], _of(widget))]
    for group, options, _index in widget["optgroups"]:
        if group:
            parts.append(format_html('\n  <optgroup label="{}">', group))
        for option in options:
            values = option["value"], _of(option), option["label"]
            parts.append(format_html('\n  <option value="{}"{}>{}</option>\n', *values))
        if group:
            parts.append("\n  </optgroup>")
    return mark_safe("".join([*parts, "\n</select>"]))  # noqa: S308 each part is escaped


def _label(context: Mapping[str, Any]) -> SafeString:
    label = conditional_escape(context["label"])
    if not context["use_tag"]:
        return label
    return format_html("<{0}{1}>{2}</{0}>", context["tag"], _attributes(context["attrs"]), label)


def _of(widget: Mapping[str, Any]) -> SafeString:
    return _attributes(widget["attrs"])


_WRITERS: dict[str, Callable[[Mapping[str, Any]], SafeString]] = {
    **{f"{_WIDGETS}{name}.html": _input for name in _INPUTS},
    f"{_WIDGETS}textarea.html": _textarea,
    f"{_WIDGETS}select.html": _select,
    "django/forms/label.html": _label,
}
