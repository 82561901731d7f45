"""The admin of a singleton row: the list leads to the form of the one row, which nobody adds or deletes."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

#: The primary key of every singleton row.
KEY = 1


class OneRowAdmin(admin.ModelAdmin):
    """For models with `current()`, which returns the row, unsaved until the first save."""

    #: The message after a save, a lazy translation.
    saved_message: Any

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Model | None:
        return self.model.current() if object_id == str(KEY) else None

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return self._to_form()

    def response_change(self, request: HttpRequest, obj: Model) -> HttpResponse:
        messages.success(request, self.saved_message)
        return self._to_form()

    def _to_form(self) -> HttpResponse:
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", KEY)
