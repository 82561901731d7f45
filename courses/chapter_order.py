"""The list of chapters below the form of a course, which puts them in order."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect

from courses.models import Chapter, Course
from courses.ordering import order_chapters
from interaxion.desk.pages.access import thing_to_edit
from interaxion.desk.protocol import DeskAdmin
from interaxion.desk.saving.suggestions import must_suggest

#: The POST fields of the two buttons of a chapter, by how far it moves; their value is its key.
STEPS = {"up": -1, "down": 1}


def may_order(model_admin: DeskAdmin, request: HttpRequest, course: Course) -> bool:
    """Whether the user may order the chapters now: where hosts only suggest, not those of a published course."""
    return model_admin.has_change_permission(request, course) and not must_suggest(request.user, course)


def order_view(model_admin: DeskAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """POST `chapter`, the keys in their order; `up` or `down` is the key of one that moves by a place first."""
    course = thing_to_edit(model_admin, request, object_id)
    if not may_order(model_admin, request, course):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    keys = [int(key[:18]) for key in request.POST.getlist("chapter") if key.isdecimal()]
    for name, step in STEPS.items():
        key = request.POST.get(name, "")
        if key.isdecimal() and int(key[:18]) in keys:
            place = keys.index(int(key[:18]))
            keys.insert(max(0, place + step), keys.pop(place))
    order_chapters(course, keys, user=request.user)
    return redirect(f"{model_admin.url_of('change', course)}#chapters")


def listed_chapters(course: Course) -> list[Chapter]:
    return list(course.chapters.untrashed().for_lists().in_order())
