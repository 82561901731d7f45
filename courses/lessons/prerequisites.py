"""Prerequisites: the chapters and courses that the words of a chapter or course name. They are mere advice."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from courses.folders import slug_of_folder
from courses.models import Chapter, Course
from interaxion.content.prepared import Prepared

T = TypeVar("T")
#: `第2章` and `Chapter 2`, also `第1章〜第3章`, name chapters by their place.
_CHAPTER = re.compile(r"(?:第\s*(\d{1,3})\s*章|\bchapter\s+(\d{1,3}))", re.IGNORECASE)
#: The folder or slug of a course, perhaps with a remark: `wave-basics (推奨)`.
_COURSE = re.compile(r"([^\W_][\w-]{0,79})\s*(?:[(（].*)?", re.DOTALL)


@dataclass(frozen=True)
class Prerequisite:
    """A thing to know before; `page` is what its words name, None for other knowledge."""

    text: str
    page: Chapter | Course | None


def prerequisites_of(
    texts: Iterable[str], chapters: Iterable[Chapter], courses: Sequence[Course], *, besides: Chapter | None = None
) -> list[Prerequisite]:
    """Return the prerequisites with the chapters and courses of these that they name; no chapter needs itself."""
    by_number = {number_of(chapter): chapter for chapter in chapters if besides is None or chapter.pk != besides.pk}

    def page_of(text: str) -> Chapter | Course | None:
        number = number_in(text)
        return by_number.get(number) if number is not None else next(iter(courses_named([text], courses)), None)

    return [Prerequisite(text, page_of(text)) for text in texts]


def courses_named(texts: Iterable[str], courses: Sequence[Course]) -> list[Course]:
    """Return those of the courses that the texts name by folder or slug, each once."""
    by_slug = {slug: course for course in courses for slug in (course.slug, *_slugs_of_folder(course))}
    named = (by_slug.get(slug_in(text)) for text in texts)
    return list({course.pk: course for course in named if course}.values())


def find_courses(texts: Iterable[str], language: str) -> list[Course]:
    """Return the live courses that the texts name, those in this language last. No query if none can be named."""
    slugs = {slug for text in texts if (slug := slug_in(text))}
    if not slugs:
        return []
    spelled = slugs | {slug_of_folder(slug, language) for slug in slugs}
    found = _live_with_slug(sorted(spelled), timezone.now())
    return sorted(found, key=lambda course: course.language == language)


@Prepared
def _live_with_slug(slugs: list[str], at: datetime) -> QuerySet[Course]:
    return Course.objects.live(at).filter(slug__in=slugs).for_lists().order_by("pk")


def number_in(text: str) -> int | None:
    """Return the number of the chapter that a text names; None if it names none."""
    name = _CHAPTER.search(text)
    return int(name[1] or name[2]) if name else None


def number_of(chapter: Chapter) -> int:
    """Return the number by which texts name a chapter: that of its title, else its place."""
    number = number_in(chapter.title)
    return chapter.position if number is None else number


def slug_in(text: str) -> str:
    """Return the slug of the course that a text may name; "" for other words, such as `Python` and `力学`."""
    name = _COURSE.fullmatch(text.strip())
    return name[1] if name and name[1] == name[1].lower() and ("-" in name[1] or name[1].isascii()) else ""


def find_circle(start: T, needs: Callable[[T], Iterable[T]]) -> list[T]:
    """Return the way from `start` back to itself over what each needs; [] if there is none."""
    came_from: dict[T, T] = {}
    left = [start]
    while left:
        at = left.pop()
        for each in needs(at):
            if each == start:
                return [start, *reversed([*_way(at, came_from)]), start]
            if each not in came_from:
                came_from[each] = at
                left.append(each)
    return []


def _way(at: T, came_from: dict[T, T]) -> Iterator[T]:
    """Yield `at` and what it was come from, without the start."""
    while at in came_from:
        yield at
        at = came_from[at]


def _slugs_of_folder(course: Course) -> Iterator[str]:
    """Yield the name of its folder, which another language has, too."""
    ending = f"-{course.language}"
    if course.slug.endswith(ending):
        yield course.slug.removesuffix(ending)
