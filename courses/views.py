"""The pages of courses and chapters."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from courses.models import Chapter, Course
from interaxion.content.discovery.editions import find_editions
from interaxion.content.discovery.page_links import find_surroundings


def course_list(request: HttpRequest) -> HttpResponse:
    """Show all courses, those in the visitor's language first."""
    courses = Course.objects.live().newest_first().for_lists()
    own_first = sorted(courses, key=lambda course: course.language != get_language())
    return render(request, "courses/course_list.html", {"courses": own_first})


def course_page(request: HttpRequest, pk: int) -> HttpResponse:
    return render_course(request, get_object_or_404(Course.objects.live().with_details(), pk=pk))


def render_course(request: HttpRequest, course: Course) -> HttpResponse:
    """Show a course, live or in a preview."""
    chapters = Chapter.objects.live().filter(course=course).in_order().for_lists()
    context = {"course": course, "chapters": chapters, "editions": find_editions(course)}
    return render(request, "courses/course.html", context)


def chapter_page(request: HttpRequest, pk: int) -> HttpResponse:
    return render_chapter(request, get_object_or_404(Chapter.objects.live().with_details(), pk=pk))


def render_chapter(request: HttpRequest, chapter: Chapter) -> HttpResponse:
    """Show a chapter, live or in a preview, with links to the chapters before and after it."""
    chapters = list(Chapter.objects.live().filter(course=chapter.course_id).in_order().for_lists())
    before = [other for other in chapters if (other.position, other.slug) < (chapter.position, chapter.slug)]
    after = [other for other in chapters if (other.position, other.slug) > (chapter.position, chapter.slug)]
    return render(
        request,
        "courses/chapter.html",
        {
            "chapter": chapter,
            "course": chapter.course,
            "previous": before[-1] if before else None,
            "next": after[0] if after else None,
            "editions": find_editions(chapter),
            "around": find_surroundings(chapter),
        },
    )
