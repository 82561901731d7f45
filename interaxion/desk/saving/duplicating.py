"""The button *Duplicate*: a draft with the same content, for the next of its kind."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from interaxion.content.saving.duplicating import duplicate
from interaxion.desk.pages.access import thing_to_view
from interaxion.desk.protocol import DeskAdmin


def duplicate_view(model_admin: DeskAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """POST: make the draft and show its form."""
    thing = thing_to_view(model_admin, request, object_id)
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    new = duplicate(thing, user=request.user)
    messages.success(request, _("This is a draft with the content of “%(thing)s”.") % {"thing": thing})
    return redirect(model_admin.url_of("change", new))
