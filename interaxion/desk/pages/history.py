"""The history of a thing: its revisions, the diff between two of them, and how to restore one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.revisions import Revision, snapshot
from interaxion.desk.forms import ONLY_SHOW
from interaxion.desk.pages.access import thing_to_edit, thing_to_view
from interaxion.desk.protocol import DeskAdmin
from interaxion.desk.saving.posted import posted
from interaxion.desk.saving.snapshot_diff import list_changes
from interaxion.desk.saving.snapshot_forms import as_posted
from interaxion.text.merging import EMPTY

#: The field of a form with the number of the revision that filled it.
RESTORED_FIELD = "restored"
#: What a revision is compared with: the one before it, or the stored thing.
PREVIOUS, NOW = "previous", "now"


def history_view(model_admin: DeskAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    thing = thing_to_view(model_admin, request, object_id)
    return TemplateResponse(
        request,
        "admin/revisions.html",
        _context(model_admin, request, thing)
        | {
            "title": _("History: %(thing)s") % {"thing": thing},
            "revisions": thing.revisions.select_related("user").defer("data"),
            "log": thing.log.select_related("user"),
            # What visitors see is the last save, of something live.
            "public_number": thing.version if thing.is_live() else None,
        },
    )


def difference_view(model_admin: DeskAdmin, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
    """Show the diff between a revision and the one before it; with `?to=now`, the changes since it."""
    thing = thing_to_view(model_admin, request, object_id)
    revision = _revision(thing, number)
    to = NOW if request.GET.get("to") == NOW else PREVIOUS
    if to == NOW:
        old, new = revision.data, snapshot(thing)
    else:
        before = thing.revisions.filter(number__lt=number).first()
        old, new = before.data if before else EMPTY, revision.data
    return TemplateResponse(
        request,
        "admin/difference.html",
        _context(model_admin, request, thing)
        | {
            "title": _("Version %(number)s: %(thing)s") % {"number": number, "thing": thing},
            "revision": revision,
            "to": to,
            "changes": list_changes(thing, old, new),
            "may_restore": model_admin.has_change_permission(request, thing),
            "restore_url": model_admin.url_of("restore", thing, number),
        },
    )


def restore_view(model_admin: DeskAdmin, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
    """POST: show the form filled from the revision. This saves and publishes nothing."""
    thing = thing_to_edit(model_admin, request, object_id)
    revision = _revision(thing, number)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    data, gone = as_posted(model_admin, request, thing, revision.data)
    data["loaded_version"], data[ONLY_SHOW], data[RESTORED_FIELD] = str(thing.version), "1", str(number)
    if gone:
        names = ", ".join(gone)
        messages.warning(request, _("Not in the form, because it is not there any more: %(names)s") % {"names": names})
    with posted(request, data):
        return model_admin.changeform_view(request, str(thing.pk), form_url=model_admin.url_of("change", thing))


def restored_revision(request: HttpRequest, thing: Publishable) -> Revision | None:
    """Return the revision that filled the posted form, or None."""
    number = request.POST.get(RESTORED_FIELD, "")
    return thing.revisions.filter(number=int(number[:9])).first() if number.isdecimal() else None


def _revision(thing: Publishable, number: int) -> Revision:
    revision = thing.revisions.select_related("user").filter(number=number).first()
    if revision is None:
        raise Http404
    return revision


def _context(model_admin: DeskAdmin, request: HttpRequest, thing: Publishable) -> dict[str, Any]:
    return {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "thing": thing,
        "is_live": thing.is_live(),
        "change_url": model_admin.url_of("change", thing),
        "history_url": model_admin.url_of("history", thing),
    }
