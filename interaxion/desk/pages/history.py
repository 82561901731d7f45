"""The history of a thing: its revisions, the diff between two of them, and how to restore one."""

from itertools import zip_longest
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from interaxion.content.languages import in_a_row
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.revisions import Revision, snapshot
from interaxion.desk.forms import ONLY_SHOW
from interaxion.desk.pages.access import thing_to_edit, thing_to_view
from interaxion.desk.protocol import DeskAdmin
from interaxion.desk.saving.posted import posted
from interaxion.desk.saving.snapshot_diff import list_changes, name_changes
from interaxion.desk.saving.snapshot_forms import as_posted
from interaxion.text.merging import EMPTY

#: The field of a form with the number of the revision that filled it.
RESTORED_FIELD = "restored"
#: What a revision is compared with: the one before it, or the stored thing.
PREVIOUS, NOW = "previous", "now"
#: The most changes of a version that the list names.
MOST_NAMES = 4


#: The versions on one page of the history; each is compared with the one before it.
PER_PAGE = 50


def history_view(model_admin: DeskAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    thing = thing_to_view(model_admin, request, object_id)
    return TemplateResponse(
        request,
        "admin/revisions.html",
        _context(model_admin, request, thing)
        | {
            "title": _("History: %(thing)s") % {"thing": thing},
            "revisions": (page := _page(thing, request.GET.get("before", "")))[:PER_PAGE],
            "older": page[PER_PAGE - 1].number if len(page) > PER_PAGE else None,
            "compare_url": model_admin.url_of("compare", thing),
            "log": thing.log.select_related("user"),
            # What visitors see is the last save, of something live.
            "public_number": thing.version if thing.is_live() else None,
        },
    )


def _page(thing: Publishable, before: str) -> list[Revision]:
    """Return the versions below `before`, one more than the page shows, each with the names of its `changes`."""
    revisions = thing.revisions.select_related("user")
    if before.isdecimal():
        revisions = revisions.filter(number__lt=int(before[:9]))
    page = list(revisions[: PER_PAGE + 1])
    for revision, former in zip_longest(page, page[1:]):
        names = name_changes(thing, former.data, revision.data) if former else []
        revision.changes = pgettext("between names", ", ").join(names[:MOST_NAMES])
        revision.more = len(names[MOST_NAMES:])
    return page


def compare_view(model_admin: DeskAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Redirect to the diff of the versions `from` and `with`, from the older to the newer."""
    thing = thing_to_view(model_admin, request, object_id)
    chosen = sorted(int(number[:9]) for name in ("from", "with") if (number := request.GET.get(name, "")).isdecimal())
    if len(chosen) < 2 or chosen[0] == chosen[1]:
        messages.warning(request, _("Choose two versions."))
        return redirect(model_admin.url_of("history", thing))
    return redirect(f"{model_admin.url_of('difference', thing, chosen[1])}?to={chosen[0]}")


def difference_view(model_admin: DeskAdmin, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
    """Show the diff between a revision and the one before it; with `?to=now`, the changes since it.

    With the number of another version as `to`, show what changed from that one to this one.
    """
    thing = thing_to_view(model_admin, request, object_id)
    revision = _revision(thing, number)
    to = request.GET.get("to", PREVIOUS)
    if to == NOW:
        old, new = revision.data, snapshot(thing)
    elif to.isdecimal():
        old, new = _revision(thing, int(to[:9])).data, revision.data
    else:
        to = PREVIOUS
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
        names = in_a_row(gone)
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
