"""Widgets and labels as our renderer writes them, beside Django's templates."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from interaxion.serving.form_renderer import FormRenderer

ATTRS = {"id": "x", "required": True, "disabled": False, "data-a": "<\"&'>", "title": mark_safe("&amp;"), "max": 1000}
CHOICES = [("", "---"), (1000, "千"), ("<", "<b>"), ("群&", [("a", mark_safe("<i>")), ("b", "B")])]
WIDGETS = {
    forms.TextInput: ["", None, 'a"<&', mark_safe("&amp;"), 1000],
    forms.NumberInput: [1000, 1.5, None],
    forms.URLInput: ["https://a.example/?b=1&c=2"],
    forms.HiddenInput: ["b"],
    forms.DateInput: ["2026-04-01"],
    forms.CheckboxInput: [True, False, "on"],
    forms.FileInput: [None],
    forms.PasswordInput: ["secret"],
    forms.Textarea: ["", None, "\n一\r\n</textarea>&", 0],
    forms.Select: ["", "1000", "<", "a", None],
    forms.SelectMultiple: [["1000", "b"], []],
    forms.RadioSelect: ["a"],
}


@pytest.mark.parametrize(
    ("widget", "value"), [(widget, value) for widget, values in WIDGETS.items() for value in values]
)
def test_widget_is_written_as_by_the_template_of_django(widget, value):
    made = widget(choices=CHOICES) if hasattr(widget, "optgroups") else widget()

    ours, djangos = (made.render("n<", value, ATTRS, renderer=each()) for each in (FormRenderer, DjangoTemplates))

    assert ours == djangos


@pytest.mark.parametrize("label", ["題 & 名", mark_safe("<b>題</b>"), ""])
@pytest.mark.parametrize("tag", ["label", None])
def test_label_is_written_as_by_the_template_of_django(label, tag):
    def written(renderer):
        form = type("F", (forms.Form,), {"f": forms.CharField(label=label), "default_renderer": renderer})()
        field = form["f"]
        field.field.widget.attrs["id"] = "" if tag is None else "f"
        return field.label_tag(attrs={"class": '<"'}), field.legend_tag()

    assert written(FormRenderer) == written(DjangoTemplates)
