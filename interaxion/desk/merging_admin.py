"""The admin of rows with a page of their own: categories, and speakers, tags and works, which can be merged."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from interaxion.content import paths
from interaxion.content.changes.changes import Change
from interaxion.content.changes.named_rows import delete_rows, find_uses, merge_named_rows
from interaxion.content.languages import in_a_row
from interaxion.desk.action_options import ask_how
from interaxion.desk.changes.offering import offer_undo
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
    delete_confirmation_template = "admin/deleted_for_a_while.html"
    delete_selected_confirmation_template = "admin/deleted_selected_for_a_while.html"

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.delete_queryset(request, [obj])

    def delete_queryset(self, request: HttpRequest, queryset: Iterable[Any]) -> None:
        change = delete_rows([*queryset], user=request.user)
        offer_undo(request, change, change.title)


class MergingAdmin(AddressedRowAdmin):
    actions = ("merge_selected",)

    #: Merges rows into another one, which stays.
    merge: ClassVar[Callable[..., Change]] = staticmethod(merge_named_rows)

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
            rows = [_with_uses(row) for row in queryset]
            return ask_how(self, request, rows, form, **words)
        into: Model = form.cleaned_data["into"]
        others = [row for row in queryset if row != into]
        change = type(self).merge(others, into, user=request.user)
        names = in_a_row(others)
        offer_undo(request, change, gettext("%(names)s: now part of “%(into)s”.") % {"names": names, "into": into})
        return None

    def may_stay(self, queryset: QuerySet) -> QuerySet:
        """Return the rows that the form offers as the one that stays."""
        return self.model.objects.order_by("name")


def _with_uses(row: Any) -> Any:
    """Return the row with what the page says of it: how much content carries its name, with examples."""
    count, examples = find_uses(row)
    if count:
        text = ngettext("in %(count)d place (%(examples)s)", "in %(count)d places (%(examples)s)", count)
        row.uses = text % {
            "count": count,
            "examples": in_a_row(examples) + (" …" if count > len(examples) else ""),
        }
    return row
