"""Data of a whole course for its pages: its live chapters, with their exercises and references, and sums."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from courses.lessons.rows import Exercise, InChapter, Reference
from courses.models import Chapter
from interaxion.content.owned_rows import owned_by_any, owner_of

Row = TypeVar("Row", bound=InChapter)
#: `第2章` and `Chapter 2`, also `第1章〜第3章`, name chapters by their place.
_CHAPTER = re.compile(r"(?:第\s*(\d{1,3})\s*章|\bchapter\s+(\d{1,3}))", re.IGNORECASE)


@dataclass(frozen=True)
class Prerequisite:
    """A thing to know before; `chapter` is the one that its words name, None for other knowledge."""

    text: str
    chapter: Chapter | None


def live_chapters(course: int) -> list[Chapter]:
    """Return the live chapters of the course with this key in their order, without their texts."""
    return list(Chapter.objects.live().filter(course=course).in_order().for_lists())


def find_exercises(chapters: Sequence[Chapter]) -> list[tuple[Chapter, list[Exercise]]]:
    return _by_chapter(Exercise, chapters)


def find_references(chapters: Sequence[Chapter]) -> list[tuple[Chapter, list[Reference]]]:
    return _by_chapter(Reference, chapters)


def sum_of_minutes(chapters: Iterable[Chapter]) -> tuple[int, int] | None:
    """Return the least and the most minutes of all chapters together; None if no chapter says how long it takes."""
    said = [chapter.lesson["minutes"] for chapter in chapters if chapter.lesson.get("minutes")]
    return (sum(least for least, _most in said), sum(most for _least, most in said)) if said else None


def prerequisites_of(texts: Iterable[str], chapters: Iterable[Chapter]) -> list[Prerequisite]:
    """Return the prerequisites with the chapters that they name. They advise: nothing is locked."""
    by_place = {chapter.position: chapter for chapter in chapters}
    found = ((text, _CHAPTER.search(text)) for text in texts)
    return [Prerequisite(text, by_place.get(int(name[1] or name[2])) if name else None) for text, name in found]


def _by_chapter(model: type[Row], chapters: Sequence[Chapter]) -> list[tuple[Chapter, list[Row]]]:
    """Return each chapter that has such rows with them. One query for all chapters."""
    rows: dict[int, list[Row]] = {}
    owners = [owner_of(chapter) for chapter in chapters]
    for row in model.objects.filter(owned_by_any(owners)).order_by("position") if owners else ():
        rows.setdefault(row.object_id, []).append(row)
    return [(chapter, rows[chapter.pk]) for chapter in chapters if chapter.pk in rows]
