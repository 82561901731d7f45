"""The intermediate page of an admin action that needs options: it shows a form and the selected rows."""

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
    """Return a page whose form posts back to the same action. `words`: `title`; optional `explanation`, `button`."""
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
