"""The pages of courses and chapters."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from courses.models import Chapter, Course


def course_list(request: HttpRequest) -> HttpResponse:
    return render(request, "courses/course_list.html", {"courses": Course.objects.live().newest_first().for_lists()})


def course_page(request: HttpRequest, pk: int) -> HttpResponse:
    return render_course(request, get_object_or_404(Course.objects.live().with_details(), pk=pk))


def render_course(request: HttpRequest, course: Course) -> HttpResponse:
    """The page of a course that may be seen, live or in a preview."""
    chapters = Chapter.objects.live().filter(course=course).in_order().for_lists()
    return render(request, "courses/course.html", {"course": course, "chapters": chapters})


def chapter_page(request: HttpRequest, pk: int) -> HttpResponse:
    return render_chapter(request, get_object_or_404(Chapter.objects.live().with_details(), pk=pk))


def render_chapter(request: HttpRequest, chapter: Chapter) -> HttpResponse:
    """The page of a chapter that may be seen, live or in a preview, between the chapters before and after it."""
    chapters = list(Chapter.objects.live().filter(course=chapter.course_id).in_order().for_lists())
    before = [other for other in chapters if (other.position, other.slug) < (chapter.position, chapter.slug)]
    after = [other for other in chapters if (other.position, other.slug) > (chapter.position, chapter.slug)]
    return render(
        request,
        "courses/chapter.html",
        {
            "chapter": chapter,
            "course": chapter.course,
            "chapters": chapters,
            "previous": before[-1] if before else None,
            "next": after[0] if after else None,
        },
    )
