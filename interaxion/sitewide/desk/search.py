"""Search over everything in the admin that the user may see, drafts included."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from episodes.models import Letter
from episodes.people.speakers import Speaker
from interaxion.content.files.models import StoredFile
from interaxion.content.linking.works import Work
from interaxion.content.publishing.publishable import kinds
from interaxion.content.tags import Tag

#: The most hits of each sort; the list behind the link shows the rest.
MOST = 10
LONGEST = 200


def search_everything(request: HttpRequest) -> HttpResponse:
    """Show what each list of the admin would find for `q`."""
    query = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    models = [*kinds(), Speaker, Tag, Letter, Work, StoredFile]
    found = [_find(admin.site.get_model_admin(model), request, query) for model in models] if query else []
    context = {
        **admin.site.each_context(request),
        "title": _("Search"),
        "query": query,
        "found": [group for group in found if group["hits"]],
    }
    return TemplateResponse(request, "admin/search_everything.html", context)


def _find(model_admin: ModelAdmin, request: HttpRequest, query: str) -> dict[str, Any]:
    opts = model_admin.opts
    group: dict[str, Any] = {"name": opts.verbose_name_plural, "hits": [], "more": ""}
    if not model_admin.has_view_or_change_permission(request):
        return group
    rows, has_twins = model_admin.get_search_results(request, model_admin.get_queryset(request), query)
    rows = list((rows.distinct() if has_twins else rows)[: MOST + 1])
    group["hits"] = [
        {
            "title": str(row),
            "state": getattr(row, "state_label", ""),
            "url": reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[row.pk]),
        }
        for row in rows[:MOST]
    ]
    if len(rows) > MOST:
        group["more"] = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    return group
