"""The pages about a whole course below its address: all exercises, all references, everything on one page for print."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from courses.models import Chapter, Course
from courses.pages.whole import find_exercises, find_references
from interaxion.text.lessons.levels import DIFFICULTIES


def all_exercises(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the exercises of all chapters; with `?difficulty=` only those."""
    course = _find(pk)
    wanted = request.GET.get("difficulty", "")
    groups = find_exercises(course.live_chapters)
    counts = {name: sum(row.difficulty == name for _chapter, rows in groups for row in rows) for name in DIFFICULTIES}
    if wanted in DIFFICULTIES:
        narrowed = ((chapter, [row for row in rows if row.difficulty == wanted]) for chapter, rows in groups)
        groups = [(chapter, rows) for chapter, rows in narrowed if rows]
    return render(
        request,
        "courses/exercises.html",
        {
            "whole": course,
            "groups": groups,
            "counts": {name: count for name, count in counts.items() if count},
            "wanted": wanted if wanted in DIFFICULTIES else "",
        },
    )


def all_references(request: HttpRequest, pk: int) -> HttpResponse:
    course = _find(pk)
    groups = find_references(course.live_chapters)
    return render(request, "courses/references.html", {"whole": course, "groups": groups})


def whole_course(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every chapter on one page, for print, with the answers at the end."""
    course = _find(pk)
    chapters = list(Chapter.objects.live().filter(course=course).in_order().select_related("course"))
    return render(request, "courses/print.html", {"whole": course, "chapters": chapters})


def _find(pk: int) -> Course:
    return get_object_or_404(Course.objects.live().with_details(), pk=pk)


#: By the last part of the address.
PARTS: dict[str, Callable[[HttpRequest, int], HttpResponse]] = {
    "exercises": all_exercises,
    "references": all_references,
    "print": whole_course,
}
