"""Fields and rows as they are in every form of the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest

from interaxion.content.fields import MarkdownField
from interaxion.desk.editing import MarkdownFormField, MarkdownWidget

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


class PeopleFormSet(forms.BaseInlineFormSet):
    """Rows that are known by their person: two who change places, or a row that takes over another's, can be saved.

    Saved row by row, a person would stand in two rows for a moment, which the database refuses.
    """

    def save(self, commit: bool = True) -> list[Any]:
        # Read anew: the rows that the formset holds are those that were just typed into.
        stored = {row.speaker_id: row for row in self.model.objects.filter(**{self.fk.name: self.instance})}
        typed = {form.instance.speaker_id: form for form in self.forms if self._stays(form)}
        self.new_objects, self.changed_objects = [], []
        self.deleted_objects = [row for speaker, row in stored.items() if speaker not in typed]
        for row in self.deleted_objects:
            row.delete()
        for speaker, form in typed.items():
            row, known = form.instance, stored.get(speaker)
            setattr(row, self.fk.name, self.instance)
            row.pk, row._state.adding = (known.pk, False) if known else (None, True)
            row.save()
            if known is None:
                self.new_objects.append(row)
            elif form.has_changed():
                self.changed_objects.append((row, form.changed_data))
        return [*self.new_objects, *(row for row, _names in self.changed_objects)]

    def _stays(self, form: forms.ModelForm) -> bool:
        is_row = form in self.initial_forms or form.has_changed()
        return is_row and not self._should_delete_form(form)


class PeopleInline(OrderedInline, admin.StackedInline):
    """Who speaks or writes, in this order."""

    formset = PeopleFormSet
    fields = (("speaker", "position"),)
    classes = ("ordered", "people")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return leave_out_buttons(field)
