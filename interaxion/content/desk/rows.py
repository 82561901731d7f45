"""Fields and rows as they are in every form of the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest

from interaxion.content.desk.editing import MarkdownFormField, MarkdownWidget
from interaxion.content.fields import MarkdownField

FORM_FIELDS = {
    MarkdownField: {"form_class": MarkdownFormField, "widget": MarkdownWidget},
    models.URLField: {"assume_scheme": "https"},
    # The browser's own: with a label, a calendar on every phone, and to the second, so that a save changes nothing.
    models.DateTimeField: {
        "form_class": forms.DateTimeField,
        "widget": forms.DateTimeInput({"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S"),
    },
}


def leave_out_buttons(field: Any) -> Any:
    """Beside a choice, only *Add*: new people are met while writing; who is there already is edited elsewhere."""
    if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
        field.widget.can_change_related = field.widget.can_delete_related = field.widget.can_view_related = False
    return field


class OrderedInline(admin.options.InlineModelAdmin):
    """Rows in an order, which stand under one of the form's fieldsets."""

    extra = 0
    classes = ("ordered",)
    #: Counted from 0.
    after_fieldset = 0


class PeopleInline(OrderedInline, admin.StackedInline):
    """Who speaks or writes, in this order."""

    fields = (("speaker", "position"),)
    classes = ("ordered", "people")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return leave_out_buttons(field)
