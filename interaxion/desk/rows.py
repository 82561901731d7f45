"""Form fields and inline rows that all forms of the admin share."""

from collections.abc import Callable, Iterator, Mapping
from copy import copy
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.forms.utils import ErrorDict
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from interaxion.content.fields import MarkdownField
from interaxion.content.prefetching import fill, is_prefetched
from interaxion.content.saving.reading import read_rows
from interaxion.desk.editing import MarkdownFormField, MarkdownWidget

#: People that the rows of a form list; of more, a search finds them.
MOST_LISTED = 300
FORM_FIELDS = {
    MarkdownField: {"form_class": MarkdownFormField, "widget": MarkdownWidget},
    models.URLField: {"assume_scheme": "https"},
    # The native input of the browser: it has a label and, on phones, a calendar. It keeps the seconds, so that a save
    # changes nothing.
    models.DateTimeField: {
        "form_class": forms.DateTimeField,
        "widget": forms.DateTimeInput({"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S"),
    },
}


def leave_out_buttons(field: Any) -> Any:
    """Leave only *Add* beside a choice: writers meet new people; known ones are edited on their own page."""
    if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
        field.widget.can_change_related = field.widget.can_delete_related = field.widget.can_view_related = False
    return field


class OrderedInline(admin.options.InlineModelAdmin):
    """Ordered rows, shown below one of the fieldsets of the form."""

    extra = 0
    classes = ("ordered",)
    #: The index of that fieldset, from 0.
    after_fieldset = 0


class ChoicesListedOnce(forms.models.ModelChoiceIterator):
    """The choices of a field that other forms have, too: read for the first of them."""

    def __iter__(self) -> Iterator[Any]:
        listed: list[Any] | None = self.field.listed
        if listed is None:
            return super().__iter__()
        if not listed:
            listed += super().__iter__()
        return iter(listed)


class KnownChoiceField(forms.ModelChoiceField):
    """A choice that is looked up among rows that the formset has read at once, not by a query for each form."""

    iterator = ChoicesListedOnce
    known: Callable[[], Mapping[str, models.Model]] = dict
    #: The choices, in a list that the fields of all rows share; None if each lists its own.
    listed: list[Any] | None = None

    def to_python(self, value: Any) -> Any:
        return self.known().get(str(value)) or super().to_python(value)


class RowForm(forms.ModelForm):
    """A row of a form. All rows need the same scripts, so these are added up once."""

    _media: ClassVar[forms.Media]

    def full_clean(self) -> None:
        """Validate what is new: a stored row that nobody changed is as it was stored."""
        if self.is_bound and self.instance.pk and not self.has_changed():
            self._errors, self.cleaned_data = ErrorDict(renderer=self.renderer), dict(self.initial)
        else:
            super().full_clean()

    @property
    def media(self) -> forms.Media:
        kind = type(self)
        if "_media" not in vars(kind):
            kind._media = super().media
        return kind._media


class NotSent(forms.HiddenInput):
    """The widget of a field whose value the server knows: a browser would send it back with every row."""

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        return SafeString()


class _SharedFields(dict[str, forms.Field]):
    """Fields that all forms of a class have in common: Django deep-copies them for each form that it makes."""

    def __deepcopy__(self, _memo: object) -> dict[str, forms.Field]:
        return dict(self)


class RowFormSet(forms.BaseInlineFormSet):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.form.base_fields = _SharedFields(self.form.base_fields)  # of a class made for this request
        for field in self.form.base_fields.values():
            field.label = field.label and str(field.label)  # translated once, not for each row
        super().__init__(*args, **kwargs)

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        """Add the keys of the row and of its thing, by fields that Django would make anew for each row."""
        self._pk_field = self.model._meta.pk
        form.initial[self._pk_field.name] = form.instance.pk
        form.fields[self._pk_field.name] = copy(self._field_of_key)  # Django requires that of a stored row
        forms.BaseFormSet.add_fields(self, form, index)
        form.fields[self.fk.name] = self._field_of_thing

    @cached_property
    def _field_of_key(self) -> forms.Field:
        field = KnownChoiceField(self.get_queryset(), required=False, widget=forms.HiddenInput)
        field.known = lambda: self.known_rows
        return field

    @cached_property
    def _field_of_thing(self) -> forms.Field:
        return forms.models.InlineForeignKeyField(self.instance, label=capfirst(self.fk.verbose_name), widget=NotSent)

    def get_queryset(self) -> Any:
        """Return the rows as the page has read them with their thing, if it has; those of a save are copies."""
        relation = self.fk.remote_field.get_accessor_name()
        if not self.is_bound and is_prefetched(self.instance, relation):
            return getattr(self.instance, relation).all()
        is_read, rows = hasattr(self, "_queryset"), super().get_queryset()
        if not is_read and not rows.query.is_empty() and relation in getattr(self.instance, "snapshot_rows", ()):
            fill(rows, map(copy, self.as_stored))
        return rows

    @cached_property
    def as_stored(self) -> list[Any]:
        """The rows as the database has them, which no form writes into."""
        relation = self.fk.remote_field.get_accessor_name()
        if is_prefetched(self.instance, relation):
            return list(getattr(self.instance, relation).all())
        return read_rows(self.instance, relation)

    @cached_property
    def known_rows(self) -> dict[str, models.Model]:
        return {str(row.pk): row for row in self.get_queryset()}


class PeopleFormSet(RowFormSet):
    """Rows identified by their person, so that two people can swap rows, and one can move to another row.

    Saved row by row, a person would be in two rows for a moment, which the unique constraint refuses.
    """

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["speaker"].known = lambda: self.people
        form.fields["speaker"].listed = self.listed

    @cached_property
    def listed(self) -> list[Any]:
        return []

    @cached_property
    def people(self) -> dict[str, models.Model]:
        """The people that were typed, by their keys. One query for all rows."""
        names = (f"{self.add_prefix(index)}-speaker" for index in range(self.total_form_count()))
        typed = {key for name in names if (key := self.data.get(name, "")).isdecimal()}
        speakers = self.model._meta.get_field("speaker").related_model.objects
        return {str(speaker.pk): speaker for speaker in (speakers.filter(pk__in=typed) if typed else ())}

    def save(self, commit: bool = True) -> list[Any]:
        stored = {row.speaker_id: row for row in self.as_stored}
        typed = {form.instance.speaker_id: form for form in self.forms if self._stays(form)}
        self.new_objects, self.changed_objects = [], []
        self.deleted_objects = [row for speaker, row in stored.items() if speaker not in typed]
        for row in self.deleted_objects:
            row.delete()
        for speaker, form in typed.items():
            row, known = form.instance, stored.get(speaker)
            setattr(row, self.fk.name, self.instance)
            row.pk, row._state.adding = (known.pk, False) if known else (None, True)
            if known is None or any(getattr(known, name) != getattr(row, name) for name in row.snapshot_fields):
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
    """The speakers or authors, in order."""

    formset = PeopleFormSet
    fields = (("speaker", "position"),)
    classes = ("ordered", "people")

    def get_autocomplete_fields(self, request: HttpRequest) -> tuple[str, ...]:
        """Let a person be found by typing where a list of all, in each row, would be too long to choose from."""
        if request.method != "GET":
            return ()  # a save shows no form, as a rule
        people = self.model._meta.get_field("speaker").related_model.objects.order_by()
        return ("speaker",) if people[MOST_LISTED : MOST_LISTED + 1].exists() else ()

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("speaker")  # each row is headed by its person

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "speaker":
            kwargs["form_class"] = KnownChoiceField
        return leave_out_buttons(super().formfield_for_dbfield(db_field, request, **kwargs))
