"""Data of a whole course for its pages: its live chapters, with their exercises and references, and sums."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils import timezone

from courses.lessons.prerequisites import number_of
from courses.lessons.rows import Exercise, InChapter, Reference
from courses.models import Chapter, Course
from interaxion.content.discovery.editions import places_of_editions
from interaxion.content.prepared import Prepared

Row = TypeVar("Row", bound=InChapter)


def chapters_around(chapter: Chapter) -> tuple[list[Chapter], list[Chapter]]:
    """Return the live chapters of its course in their order, and its live editions in other languages. One query."""
    places = places_of_editions(chapter)
    found = _around(chapter.course_id or 0, [*places], timezone.now())
    editions = [each for each in found if places.get(each.path) == each.language]
    return [each for each in found if each.course_id == chapter.course_id], editions


@Prepared
def _around(course: int, paths: list[str], at: datetime) -> QuerySet[Chapter]:
    return Chapter.objects.live(at).filter(Q(course=course) | Q(path__in=paths)).in_order().for_lists()


def find_exercises(chapters: Sequence[Chapter]) -> list[tuple[Chapter, list[Exercise]]]:
    return _by_chapter(Exercise, chapters)


def find_references(chapters: Sequence[Chapter]) -> list[tuple[Chapter, list[Reference]]]:
    return _by_chapter(Reference, chapters)


def sum_of_minutes(chapters: Iterable[Chapter]) -> tuple[int, int] | None:
    """Return the least and the most minutes of all chapters together; None if no chapter says how long it takes."""
    said = [chapter.lesson["minutes"] for chapter in chapters if chapter.lesson.get("minutes")]
    return (sum(least for least, _most in said), sum(most for _least, most in said)) if said else None


def announced_in(course: Course, chapters: Sequence[Chapter]) -> list[dict[str, Any]]:
    """Return `place` and `title` of the chapters that the course or a chapter announces and that are not there yet."""
    there = {number_of(chapter) for chapter in chapters}
    announced: dict[int, dict[str, Any]] = {}
    for lesson in (course.lesson, *(chapter.lesson for chapter in chapters)):
        for each in lesson.get("announced", ()):
            if each["place"] not in there:
                announced.setdefault(each["place"], each)
    return [announced[place] for place in sorted(announced)]


def _by_chapter(model: type[Row], chapters: Sequence[Chapter]) -> list[tuple[Chapter, list[Row]]]:
    """Return each chapter that has such rows with them. One query for all chapters."""
    kind: Any = model
    rows: dict[int, list[Row]] = {}
    for row in _rows_in(kind)([chapter.pk for chapter in chapters]):
        rows.setdefault(row.object_id, []).append(row)
    return [(chapter, rows[chapter.pk]) for chapter in chapters if chapter.pk in rows]


@cache
def _rows_in(model: type[Row]) -> Prepared[Row]:
    @Prepared
    def rows(chapters: list[int]) -> QuerySet[Row]:
        kind = ContentType.objects.get_for_model(Chapter)
        return model.objects.filter(content_type=kind, object_id__in=chapters).order_by("position")

    return rows
