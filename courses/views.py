"""The pages of courses and chapters."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from courses.lessons.prerequisites import courses_named, find_courses, prerequisites_of
from courses.models import Chapter, Course
from courses.pages.citing import cite_chapter
from courses.pages.linked import dead_links
from courses.pages.whole import announced_in, chapters_around, sum_of_minutes
from interaxion.content.discovery.editions import find_editions
from interaxion.content.discovery.page_links import find_surroundings
from interaxion.content.live_details import get_live_or_404
from interaxion.content.parts.reading import read_rows
from interaxion.content.prepared import Prepared
from interaxion.serving.paging import Pages

#: Chapters on the page of a course, where each is one line.
CHAPTERS = 200


def course_list(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Show the courses, those in the visitor's language first, in the order made by hand."""
    keys = [pk for _language, pk in sorted(_listed(timezone.now()), key=lambda row: row[0] != get_language())]
    page = Pages(reverse("courses"), len(keys), newest_first=False).page(number)
    (courses,) = read_rows((Course, keys[page.part]))
    return render(request, "courses/course_list.html", {"courses": courses, "page": page})


@Prepared
def _listed(at: datetime) -> QuerySet[Any, tuple[str, int]]:
    return Course.objects.listed(at).in_order().values_list("language", "pk")


def course_page(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    return render_course(request, get_live_or_404(Course, pk), number)


def render_course(request: HttpRequest, course: Course, number: int | None = None) -> HttpResponse:
    """Show a course, live or in a preview: a further page has the next chapters alone."""
    whole = course.live_chapters
    page = Pages(course.get_absolute_url(), len(whole), CHAPTERS, newest_first=False).page(number)
    context = {
        "course": course,
        "page": page,
        "chapters": whole[page.part],
        "whole": whole,
        "editions": [] if page.is_further else find_editions(course),
    }
    if not page.is_further:
        needed, related = (course.lesson.get(key, ()) for key in ("prerequisites", "related"))
        courses = find_courses([*needed, *related], course.language)
        context |= {
            "announced": announced_in(course, whole),
            "dead_links": dead_links(course.html, course, whole),
            "licence": course.lesson.get("licence"),
            "minutes": sum_of_minutes(whole) or course.lesson.get("minutes"),
            "prerequisites": prerequisites_of(needed, whole, courses),
            "related": courses_named(related, courses),
            "has_exercises": any(chapter.lesson.get("exercises") for chapter in whole),
            "has_references": any(chapter.lesson.get("references") for chapter in whole),
        }
    return render(request, "courses/course.html", context)


def chapter_page(request: HttpRequest, pk: int) -> HttpResponse:
    return render_chapter(request, get_live_or_404(Chapter, pk))


def render_chapter(request: HttpRequest, chapter: Chapter) -> HttpResponse:
    """Show a chapter, live or in a preview, with links to the chapters before and after it."""
    chapters, editions = chapters_around(chapter)
    if chapters:
        chapter.course = chapters[0].course  # read with them
    before = [other for other in chapters if (other.position, other.slug) < (chapter.position, chapter.slug)]
    after = [other for other in chapters if (other.position, other.slug) > (chapter.position, chapter.slug)]
    needed = chapter.lesson.get("prerequisites", ())
    return render(
        request,
        "courses/chapter.html",
        {
            "chapter": chapter,
            "course": chapter.course,
            "chapters": chapters,
            "announced": announced_in(chapter.course, chapters),
            "licence": chapter.lesson.get("licence") or chapter.course.lesson.get("licence"),
            "prerequisites": prerequisites_of(
                needed, chapters, find_courses(needed, chapter.language), besides=chapter
            ),
            "cited_as": cite_chapter(chapter),
            "previous": before[-1] if before else None,
            "next": after[0] if after else None,
            "editions": editions,
            "dead_links": dead_links(chapter.html, chapter.course, chapters),
            "around": find_surroundings(chapter),
        },
    )
