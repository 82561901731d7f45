"""The contract between the admin of a content class and the pages beside its form."""

from collections.abc import Iterable
from typing import Any, Protocol

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.admin.options import InlineModelAdmin
from django.http import HttpRequest, HttpResponse, QueryDict

from interaxion.content.publishing.publishable import Publishable
from interaxion.text.merging import Snapshot


class DeskAdmin(Protocol):
    """Everything of a ModelAdmin that the pages may use. `PublishableAdmin` implements it."""

    model: type[Publishable]
    #: The `_meta` of the model.
    opts: Any
    admin_site: AdminSite
    #: Extra POST values that switch the form to one document: every part without a row of its own is a plain field.
    whole_form: dict[str, str]

    # --- from Django ---

    def get_object(self, request: HttpRequest, object_id: str) -> Publishable | None: ...

    def has_add_permission(self, request: HttpRequest) -> bool: ...

    def has_change_permission(self, request: HttpRequest, obj: Publishable | None = None) -> bool: ...

    def has_view_or_change_permission(self, request: HttpRequest, obj: Publishable | None = None) -> bool: ...

    def get_formsets_with_inlines(
        self, request: HttpRequest, obj: Publishable | None = None
    ) -> Iterable[tuple[type[forms.BaseInlineFormSet], InlineModelAdmin]]: ...

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse: ...

    # --- of the desk ---

    def has_publish_permission(self, request: HttpRequest) -> bool: ...

    def url_of(self, view: str, thing: Publishable | None = None, *args: Any) -> str:
        """Return the admin URL of a view (`change`, `preview`, …) of `thing`; without one, of the model."""

    def form_class_for(self, request: HttpRequest, thing: Publishable | None) -> type[forms.ModelForm]: ...

    def bind_typed(
        self, request: HttpRequest, thing: Publishable | None
    ) -> tuple[forms.ModelForm, list[forms.BaseInlineFormSet]]:
        """Return form and formsets bound to `request.POST`, not validated yet and without the check of the version."""

    def put_typed_together(
        self, request: HttpRequest, thing: Publishable | None
    ) -> tuple[Publishable | None, forms.ModelForm, list[forms.BaseInlineFormSet]]:
        """Return the thing as a save of `request.POST` would leave it, None if the form is refused; form, formsets.

        Writes into `thing`, even if the form is refused.
        """

    def snapshot_typed(
        self, form: forms.ModelForm, formsets: list[forms.BaseInlineFormSet], base: Snapshot
    ) -> Snapshot:
        """Return the snapshot that a save would leave. Rows that match rows of `base` get the keys of those."""

    def beside_preview(self, request: HttpRequest, typed: Publishable) -> str:
        """Return HTML for another panel of the form that is made from the rendering of the preview; "" for none."""

    def without_row_keys(self, data: QueryDict) -> QueryDict:
        """Return the same form without keys of rows, which somebody may have deleted since."""
