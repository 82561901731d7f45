"""The pages of jobs: the list, one job with its progress, and the buttons that stop it or try it again.

They work without JavaScript, by loading again; `static/js/admin/job.js` asks `status_view` instead.
"""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from interaxion.content.jobs.job import Job
from interaxion.content.jobs.kinds import find_kind
from interaxion.content.jobs.queueing import ask_to_stop, try_again

#: The length of the list, and of what is looked at for it.
MOST, LOOKED_AT = 50, 500


def list_view(request: HttpRequest) -> HttpResponse:
    """Show the newest jobs that the user queued or may do."""
    newest = Job.objects.newest_first().select_related("user")[:LOOKED_AT]
    jobs = [job for job in newest if job.may_be_seen_by(request.user)][:MOST]
    return _show(request, "admin/jobs.html", title=gettext("Long work"), jobs=jobs)


def job_view(request: HttpRequest, pk: int) -> HttpResponse:
    job = _find(request, pk)
    kind = find_kind(job.kind)
    report = kind.present(job.report) if kind and job.is_over and job.report is not None else None
    template = kind.template if kind and report is not None else ""
    context = {"job": job, "label": _label(job), "report": report, "report_template": template}
    return _show(request, "admin/job.html", title=str(job), **context)


def status_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer how far the job is, as JSON; with `?report` also what it found, once it is over."""
    job = _find(request, pk)
    status: dict[str, Any] = {
        "label": _label(job),
        "is_over": job.is_over,
        "done": job.done,
        "total": job.total,
        "log": job.log_lines(),
    }
    kind = find_kind(job.kind)
    if "report" in request.GET and kind and job.is_over and job.report is not None:
        status["report"] = kind.present(job.report)
    return JsonResponse(status, json_dumps_params={"ensure_ascii": False}, headers={"Cache-Control": "no-store"})


def stop_view(request: HttpRequest, pk: int) -> HttpResponse:
    job = _find(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    ask_to_stop(job)
    return redirect("admin:job", pk)


def retry_view(request: HttpRequest, pk: int) -> HttpResponse:
    job = _find(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    return redirect("admin:job", try_again(job).pk if job.may_be_tried_again else pk)


def _find(request: HttpRequest, pk: int) -> Job:
    """Return the job. Raises Http404, and PermissionDenied for those who neither queued it nor may do such work."""
    job = get_object_or_404(Job.objects.select_related("user"), pk=pk)
    if not job.may_be_seen_by(request.user):
        raise PermissionDenied
    return job


def _label(job: Job) -> str:
    if job.is_stopping:
        return gettext("stops after this step")
    if job.waits_long:
        return gettext("waiting: no worker is free, or none runs")
    return job.get_state_display()


def _show(request: HttpRequest, template: str, **context: object) -> HttpResponse:
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context})
