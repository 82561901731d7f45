"""Checks of a course and of a chapter before they are published. Errors block, warnings ask once."""

from django.utils.translation import gettext

from courses.models import Chapter, Course
from interaxion.content.checks.registry import register
from interaxion.content.checks.text_checks import Spot, check_summary, check_thing
from interaxion.text.markdown import Rendered
from interaxion.text.problems import Problem, error, warning


@register(Course)
def check_course(course: Course, rendered: Rendered | None = None) -> list[Problem]:
    problems = check_thing(course, lambda line: Spot("source", line=line), rendered)
    problems += check_summary(course)
    if not course.chapters.untrashed().exists():
        problems.append(warning(gettext("The course has no chapter yet."), "title"))
    return problems


@register(Chapter)
def check_chapter(chapter: Chapter, rendered: Rendered | None = None) -> list[Problem]:
    problems = check_thing(chapter, lambda line: Spot("source", line=line), rendered)
    if not chapter.source.strip():
        problems.append(error(gettext("The chapter has no text."), "source"))
    others = chapter.course.chapters.untrashed().exclude(pk=chapter.pk)
    if twin := others.filter(position=chapter.position, language=chapter.language).first():
        message = gettext("“%(other)s” stands at place %(position)d of the course, too: their order is left to chance.")
        problems.append(warning(message % {"other": twin, "position": chapter.position}, "position"))
    return problems
