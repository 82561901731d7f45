"""The thread about a draft, beside its form; and what nobody has answered, for the front page of the desk."""

from typing import Any

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.window import Status
from interaxion.content.remarks.remark import Remark, settle
from interaxion.desk.pages.access import thing_to_edit, thing_to_view
from interaxion.desk.protocol import DeskAdmin
from interaxion.desk.remarks.forms import RemarkForm

#: The length of the list on the front page, and of what is looked at for it.
MOST, LOOKED_AT = 12, 60


def remarks_view(model_admin: DeskAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Show the thread, and what was said before the thing was public. POST: a remark, or `settle`."""
    if request.method == "POST":
        thing = thing_to_edit(model_admin, request, object_id)
        if "settle" in request.POST:
            settle(thing)
            return redirect(model_admin.url_of("remarks", thing))
        form = RemarkForm(request.POST, thing=thing, user=request.user)
        if thing.status == Status.PUBLISHED:
            messages.error(request, _("This is published: the talk about its draft has ended."))
        elif form.is_valid():
            form.save()
            return redirect(model_admin.url_of("remarks", thing))
    else:
        thing = thing_to_view(model_admin, request, object_id)
        form = RemarkForm(None, thing=thing, user=request.user)
    thread = list(Remark.objects.present(thing))
    earlier = Remark.objects.of(thing).exclude(pk__in=[remark.pk for remark in thread]).select_related("user")
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "thing": thing,
        "title": _("Remarks: %(thing)s") % {"thing": thing},
        "form": form,
        "thread": thread,
        "is_open": any(remark.settled_at is None for remark in thread),
        "earlier": earlier.order_by("said_at", "pk"),
        "may_speak": thing.status != Status.PUBLISHED and model_admin.has_change_permission(request, thing),
        "change_url": model_admin.url_of("change", thing),
    }
    return TemplateResponse(request, "admin/remarks/remarks.html", context)


def waiting_remarks(user: Any) -> list[dict[str, Any]]:
    """Return the last remark of each draft that waits for an answer of somebody else than who said it."""
    last = Remark.objects.unanswered().exclude(user=user, user__isnull=False).select_related("user")
    entries = []
    for remark in last.order_by("-said_at").prefetch_related("target")[:LOOKED_AT]:
        thing = remark.target
        kind = ContentType.objects.get_for_id(remark.content_type_id)
        if thing is None or not user.has_perm(f"{kind.app_label}.view_{kind.model}") or not _is_draft(thing):
            continue
        url = reverse(f"admin:{kind.app_label}_{kind.model}_remarks", args=[thing.pk])
        entries.append({"title": str(thing), "who": f"{remark.who}: {remark}", "at": remark.said_at, "url": url})
    return entries[:MOST]


def _is_draft(thing: Publishable) -> bool:
    return thing.status != Status.PUBLISHED and thing.deleted_at is None
