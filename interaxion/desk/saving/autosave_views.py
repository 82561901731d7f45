"""Autosave: the view that the open form posts to while somebody types, and the way back to the kept text."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse, QueryDict
from django.http import HttpResponseNotAllowed as NotAllowed
from django.shortcuts import redirect
from django.utils import timezone

from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.working_copies import WorkingCopy, forget, keep, make_key
from interaxion.desk.forms import ONLY_SHOW
from interaxion.desk.pages.access import thing_to_write
from interaxion.desk.protocol import DeskAdmin
from interaxion.desk.saving.posted import posted
from interaxion.desk.saving.snapshot_forms import fit_rows

#: Form fields: the key of its working copy, and the primary key of the suggestion that it holds.
KEY_FIELD, SUGGESTION_FIELD = "working_copy", "suggestion"

_KEY = re.compile(r"[\w-]{8,64}", re.ASCII)
_VERSION = re.compile(r"\d{1,9}", re.ASCII)


def autosave_view(model_admin: DeskAdmin, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
    """POST `key`, `data` (the form, urlencoded) and `base` (the version it began with). Idempotent.

    Without `data` it is a heartbeat: the form is still open. The answer has the time of keeping, the stored version,
    and who else has the thing open.
    """
    thing = thing_to_write(model_admin, request, object_id)
    if request.method != "POST":
        return NotAllowed(["POST"])
    key, base = request.POST.get("key", ""), request.POST.get("base", "")
    if not _KEY.fullmatch(key) or "\0" in request.POST.get("data", ""):  # PostgreSQL stores no NUL
        return HttpResponseBadRequest()
    values: dict[str, Any] = {}
    if "data" in request.POST:
        values = {"data": request.POST["data"], "base_version": int(base) if _VERSION.fullmatch(base) else 0}
    copy = keep(request.user, model_admin.model, thing.pk if thing else None, key, **values)
    return JsonResponse(
        {
            "isClosed": bool(copy.closed_at),
            "keptAt": f"{timezone.localtime(copy.saved_at):%H:%M}" if copy.saved_at else "",
            "version": thing.version if thing else 0,
            "others": others_at(thing, request.user) if thing else [],
        },
        json_dumps_params={"ensure_ascii": False},
    )


def recover_view(model_admin: DeskAdmin, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
    """POST `key`: show the form with the kept text, without a save; with `discard` throw the text of the key away."""
    thing = thing_to_write(model_admin, request, object_id)
    if request.method != "POST":
        return NotAllowed(["POST"])
    key = request.POST.get("key", "")
    if not _KEY.fullmatch(key):
        raise Http404
    if "discard" in request.POST:
        # Also what the browser may still send for this key is ignored.
        forget(request.user, model_admin.model, thing.pk if thing else None, key)
        return redirect(model_admin.url_of("change", thing) if thing else model_admin.url_of("add"))
    copy = unsaved_copies(model_admin.model, thing, request.user).filter(key=key).first()
    if copy is None:
        raise Http404
    data = QueryDict(copy.data, mutable=True)
    data[KEY_FIELD] = copy.key
    return show_kept(model_admin, request, thing, data, copy.base_version)


def show_kept(
    model_admin: DeskAdmin,
    request: HttpRequest,
    thing: Publishable | None,
    data: QueryDict,
    base_version: int,
    **context: Any,
) -> HttpResponse:
    """Show the form filled with `data`, which began with `base_version`, even on a GET. It saves nothing."""
    if thing and thing.version != base_version:
        data = fit_rows(model_admin, request, thing, data)
    data["loaded_version"], data[ONLY_SHOW] = str(base_version), "1"
    address = model_admin.url_of("change", thing) if thing else model_admin.url_of("add")
    pk = str(thing.pk) if thing else None
    with posted(request, data, method="POST"):
        return model_admin.changeform_view(request, pk, form_url=address, extra_context={"is_kept": True, **context})


def unsaved_copies(model: type[Publishable], thing: Publishable | None, user: Any) -> Any:
    return WorkingCopy.objects.of(thing or model()).unsaved_by(user)


def others_at(thing: Publishable, user: Any) -> list[str]:
    """Return the names of the other users who have the form of `thing` open."""
    copies = WorkingCopy.objects.of(thing).open_now().exclude(user=user)
    return sorted(set(copies.values_list("user__username", flat=True)))


def key_of_form(request: HttpRequest) -> str:
    """Return the key of the working copy for the next page: a form that comes back keeps its key."""
    key = request.POST.get(KEY_FIELD, "")
    return key if _KEY.fullmatch(key) else make_key()
