"""The pages about a whole course below its address: all exercises, all references, everything on one page for print."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from courses.models import Chapter, Course
from courses.pages.whole import find_exercises, find_references
from interaxion.content.live_details import get_live_or_404
from interaxion.content.prepared import Prepared
from interaxion.text.lessons.levels import DIFFICULTIES


def all_exercises(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the exercises of all chapters; with `?difficulty=` only those."""
    course = get_live_or_404(Course, pk)
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
    course = get_live_or_404(Course, pk)
    groups = find_references(course.live_chapters)
    return render(request, "courses/references.html", {"whole": course, "groups": groups})


def whole_course(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every chapter on one page, for print, with the answers at the end."""
    course = get_live_or_404(Course, pk)
    chapters = _texts_of(pk, timezone.now())
    return render(request, "courses/print.html", {"whole": course, "chapters": chapters})


@Prepared
def _texts_of(course: int, at: datetime) -> QuerySet[Chapter]:
    return Chapter.objects.live(at).filter(course=course).in_order().select_related("course")


#: By the last part of the address.
PARTS: dict[str, Callable[[HttpRequest, int], HttpResponse]] = {
    "exercises": all_exercises,
    "references": all_references,
    "print": whole_course,
}
