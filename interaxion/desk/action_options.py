"""The page between an action of a list and its work, where it has to be asked how: the form, and the rows."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


def ask_how(
    model_admin: admin.ModelAdmin, request: HttpRequest, rows: QuerySet, form: forms.Form, **words: Any
) -> HttpResponse:
    """Posts back to the same action. `words`: title, and if there is more to say explanation and button."""
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "form": form,
        "rows": rows,
        "action": request.POST["action"],
        "checkbox_name": ACTION_CHECKBOX_NAME,
        **words,
    }
    return TemplateResponse(request, "admin/asking.html", context)
