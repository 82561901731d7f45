"""The form as somebody is typing it, put together in memory: for the preview, a diff, a merge. Nothing is written."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.forms import all_valid
from django.http import HttpRequest, QueryDict

from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.revisions import snapshot
from interaxion.content.saving.storing import fill_in
from interaxion.desk.saving.typed_rows import NO_KEY, hold_typed_rows, hold_typed_tags
from interaxion.text.merging import Snapshot

#: The formsets of the rows of a form.
Formsets = list[forms.BaseInlineFormSet]


class TypedFormAdmin(admin.ModelAdmin):
    """The part of `DeskAdmin` that reads a form without saving it."""

    #: Extra POST values that switch the form to one document, see `DeskAdmin`.
    whole_form: dict[str, str] = {}

    def get_form(self, request: HttpRequest, obj: Publishable | None = None, **kwargs: Any) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, **kwargs)
        form.user = request.user
        return form

    def form_class_for(self, request: HttpRequest, thing: Publishable | None) -> type[forms.ModelForm]:
        fields = flatten_fieldsets(self.get_fieldsets(request, thing))
        return self.get_form(request, thing, change=bool(thing), fields=fields)

    def bind_typed(self, request: HttpRequest, thing: Publishable | None) -> tuple[forms.ModelForm, Formsets]:
        """Return form and formsets bound to `request.POST`, not validated yet and without the check of the version."""
        form = self.form_class_for(request, thing)(request.POST, instance=thing)
        form.is_preview = True
        formsets, _inlines = self._create_formsets(request, form.instance, change=bool(thing))
        return form, formsets

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """Bind the rows to any POST data: a suggestion is shown on a GET, to which Django binds nothing.

        Django copies all data for each kind of rows, for *Save as new*, which we do not have.
        """
        kwargs = {"instance": obj, "prefix": prefix, "queryset": inline.get_queryset(request)}
        is_bound = request.method == "POST" or request.POST
        return kwargs | {"data": request.POST, "files": request.FILES} if is_bound else kwargs

    def put_typed_together(
        self, request: HttpRequest, thing: Publishable | None
    ) -> tuple[Publishable | None, forms.ModelForm, Formsets]:
        """Return the thing as a save would leave it, HTML included, None if the form is refused; form and formsets.

        Writes into `thing`, even if the form is refused.
        """
        form, formsets = self.bind_typed(request, thing)
        for field in form.fields.values():  # a page can be shown without its title or text, not without its category
            field.required = field.required and isinstance(field, forms.ModelChoiceField)
        if not (all_valid(formsets) & form.is_valid()):
            return None, form, formsets
        typed = self.put_together(form, formsets)
        typed.rendered = fill_in(typed)
        return typed, form, formsets

    def snapshot_typed(self, form: forms.ModelForm, formsets: Formsets, base: Snapshot) -> Snapshot:
        """Return the snapshot that a save would leave. Rows that match rows of `base` get the keys of those."""
        return snapshot(self.put_together(form, formsets))

    def beside_preview(self, request: HttpRequest, typed: Publishable) -> str:
        """Return HTML for another panel of the form that is made from the rendering of the preview; "" for none."""
        return ""

    def without_row_keys(self, data: QueryDict) -> QueryDict:
        """Return the same form without keys of rows, which somebody may have deleted since."""
        return data

    def put_together(self, form: forms.ModelForm, formsets: Formsets) -> Publishable:
        """Return the thing of a valid form as a save would leave it, in memory."""
        thing = form.instance
        thing.pk = thing.pk or NO_KEY
        thing.settle_path()
        hold_typed_rows(thing, formsets)
        if "tags" in form.cleaned_data:
            hold_typed_tags(thing, form.cleaned_data["tags"])
        return thing
