"""The parts of courses and chapters: their rows in lists, made when they are saved."""

from django.template.loader import render_to_string

from courses.models import Chapter, ChapterQuerySet, Course, CourseQuerySet
from interaxion.content.parts.registry import ROW, register_part


@register_part(Course, ROW, load=CourseQuerySet.for_lists)
def course_row(course: Course) -> str:
    return render_to_string("courses/parts/course_row.html", {"course": course})


@register_part(Chapter, ROW, load=ChapterQuerySet.for_lists)
def chapter_row(chapter: Chapter) -> str:
    return render_to_string("courses/parts/chapter_row.html", {"chapter": chapter})
