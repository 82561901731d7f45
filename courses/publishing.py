"""The button of a course that publishes its chapters at once: one page asks about all of them."""

from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect

from courses.models import Chapter, Course
from interaxion.content.publishing.window import Status
from interaxion.content.saving.transitions import To
from interaxion.desk.pages.access import thing_to_view
from interaxion.desk.pages.bulk_transitions import move_many


def chapters_to_publish(course: Course) -> list[Chapter]:
    return list(course.chapters.untrashed().exclude(status=Status.PUBLISHED).in_order())


def publish_chapters_view(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """POST: ask about all chapters that are not published; with `is_confirmed` publish those that were asked about."""
    course = thing_to_view(model_admin, request, object_id)
    chapter_admin = model_admin.admin_site.get_model_admin(Chapter)
    if not chapter_admin.has_publish_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    chapters = chapters_to_publish(course)
    if "is_confirmed" in request.POST:
        asked = set(request.POST.getlist(ACTION_CHECKBOX_NAME))
        chapters = [chapter for chapter in chapters if str(chapter.pk) in asked]
    page = move_many(chapter_admin, request, chapters, To.PUBLISHED) if chapters else None
    return page or redirect(model_admin.url_of("change", course))
