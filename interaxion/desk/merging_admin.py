"""The admin of rows with a page of their own: categories, and speakers, tags and works, which can be merged."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interaxion.content import paths
from interaxion.desk.action_options import ask_how
from interaxion.desk.rows import FORM_FIELDS


class AddressedRowForm(forms.ModelForm):
    """For rows with a page at an address made from their slug."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors or not self.instance.slug:
            return
        try:
            paths.validate_path(self.instance.path, self.instance)
        except ValidationError as problem:
            self.add_error("slug", problem)


class AddressedRowAdmin(admin.ModelAdmin):
    form = AddressedRowForm
    formfield_overrides = FORM_FIELDS

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for row in queryset:  # not in bulk: delete() of each row frees its address
            row.delete()


class MergingAdmin(AddressedRowAdmin):
    actions = ("merge_selected",)

    #: Merges the first row into the second, which stays.
    merge: ClassVar[Callable[[Any, Any], None]]

    @admin.action(permissions=["delete"], description=_("Merge into one"))
    def merge_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Ask which row stays, then merge the others into it."""

        class MergeForm(forms.Form):
            into = forms.ModelChoiceField(
                self.may_stay(queryset), label=gettext("Which one stays?"), initial=queryset.first()
            )

        form = MergeForm(request.POST if "into" in request.POST else None)
        if not form.is_valid():
            explanation = gettext(
                "These become part of the one that stays. "
                "Their names are kept as other names, and their addresses redirect."
            )
            words = {"title": gettext("Merge into one"), "explanation": explanation, "button": gettext("Merge")}
            return ask_how(self, request, queryset, form, **words)
        into: Model = form.cleaned_data["into"]
        others = [row for row in queryset if row != into]
        for row in others:
            type(self).merge(row, into)
        names = ", ".join(str(row) for row in others)
        messages.success(request, gettext("%(names)s: now part of “%(into)s”.") % {"names": names, "into": into})
        return None

    def may_stay(self, queryset: QuerySet) -> QuerySet:
        """Return the rows that the form offers as the one that stays."""
        return self.model.objects.order_by("name")
