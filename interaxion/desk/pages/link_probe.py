"""The button that asks for the links of one thing now: it queues the job that does so."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import reverse

from interaxion.desk.pages.access import thing_to_edit
from interaxion.desk.pages.link_jobs import queue_link_check
from interaxion.desk.protocol import DeskAdmin


def probe_links_view(model_admin: DeskAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """POST: answer `{"status": address}`, where the script asks until the job is over, then for its report."""
    thing = thing_to_edit(model_admin, request, object_id)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    job = queue_link_check(thing, request.user)
    return JsonResponse({"status": reverse("admin:job_status", args=[job.pk])})
