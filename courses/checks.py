"""Checks of a course and of a chapter before they are published. Errors block, warnings ask once."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from courses.lessons.facts import TOTAL_KEYS, read_meta, unread_keys, wrong_claims
from courses.lessons.prerequisites import courses_named, find_circle, number_in, number_of, slug_in
from courses.models import Chapter, Course
from interaxion.content.checks.registry import register
from interaxion.content.checks.text_checks import Spot, check_summary, check_thing
from interaxion.text.lessons.privacy import MASKED
from interaxion.text.markdown import Rendered
from interaxion.text.problems import Problem, error, warning


def _check_front_matter(thing: Course | Chapter, totals: Mapping[str, int] | None = None) -> list[Problem]:
    """Warn of what the front matter says and the text does not, and of values that nothing reads.

    `totals` are the counts of all chapters of a course.
    """
    meta = read_meta(thing.front_matter)
    wrong = gettext("The front matter says %(key)s: %(said)s, but there are %(found)d. Readers are told what is there.")
    unread = gettext("Nothing can be read from the value of %(key)s in the front matter.")
    problems = [
        warning(wrong % {"key": key, "said": said, "found": found}, "front_matter")
        for key, said, found in (*wrong_claims(meta, thing.lesson), *wrong_claims(meta, totals or {}, TOTAL_KEYS))
    ]
    return problems + [warning(unread % {"key": key}, "front_matter") for key in unread_keys(meta)]


def _totals(lessons: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    counts = {name: sum(lesson.get(name, 0) for lesson in lessons) for name in ("exercises", "code")}
    return {"chapters": len(lessons), **counts}


def _check_circle(circle: Sequence[Course | Chapter]) -> list[Problem]:
    """Warn of prerequisites that lead back to the thing itself: a reader would never begin."""
    message = gettext("What to know before leads in a circle: %(names)s.")
    names = " → ".join(str(each) for each in circle)
    return [warning(message % {"names": names}, "front_matter")] if circle else []


def _circle_of_chapters(chapter: Chapter, others: Iterable[Chapter]) -> list[Chapter]:
    by_number = {number_of(each): each for each in (*others, chapter)}

    def needs(each: Chapter) -> list[Chapter]:
        numbers = map(number_in, each.lesson.get("prerequisites", ()))
        return [by_number[number] for number in numbers if number in by_number and by_number[number] != each]

    return find_circle(chapter, needs)


def _circle_of_courses(course: Course) -> list[Course]:
    if not any(map(slug_in, course.lesson.get("prerequisites", ()))):
        return []
    others = Course.objects.untrashed().filter(language=course.language).exclude(pk=course.pk).for_lists()
    courses = [*others, course]

    def needs(each: Course) -> list[Course]:
        return [other for other in courses_named(each.lesson.get("prerequisites", ()), courses) if other != each]

    return find_circle(course, needs)


@register(Course)
def check_course(course: Course, rendered: Rendered | None = None) -> list[Problem]:
    problems = check_thing(course, lambda line: Spot("source", line=line), rendered)
    problems += check_summary(course)
    lessons = list(course.chapters.untrashed().values_list("lesson", flat=True))
    problems += _check_front_matter(course, _totals(lessons))
    problems += _check_circle(_circle_of_courses(course))
    if not lessons:
        problems.append(warning(gettext("The course has no chapter yet."), "title"))
    return problems


@register(Chapter)
def check_chapter(chapter: Chapter, rendered: Rendered | None = None) -> list[Problem]:
    problems = check_thing(chapter, lambda line: Spot("source", line=line), rendered)
    if not chapter.source.strip():
        problems.append(error(gettext("The chapter has no text."), "source"))
    problems += _check_front_matter(chapter)
    if masked := MASKED.search(chapter.html):
        message = gettext("Visitors do not see e-mail addresses in a chapter: %(masked)s")
        problems.append(warning(message % {"masked": masked[0]}, "source"))
    for label in chapter.lesson.get("unanswered", []):
        problems.append(warning(gettext("Exercise %(label)s has no answer.") % {"label": label}, "source"))
    others = chapter.course.chapters.untrashed().filter(language=chapter.language).exclude(pk=chapter.pk)
    if any(number_in(text) is not None for text in chapter.lesson.get("prerequisites", ())):
        problems += _check_circle(_circle_of_chapters(chapter, others.for_lists()))
    if twin := others.filter(position=chapter.position).first():
        message = gettext("“%(other)s” stands at place %(position)d of the course, too: their order is left to chance.")
        problems.append(warning(message % {"other": twin, "position": chapter.position}, "position"))
    return problems
