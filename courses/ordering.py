"""The order of the chapters of a course."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from courses.models import Chapter, Course
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.saving.storing import note_change, note_edit

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def order_chapters(course: Course, wanted: Sequence[int], *, user: "AbstractBaseUser | None") -> None:
    """Put the chapters with the primary keys `wanted` in this order, those that it does not name behind them.

    Each chapter that moves gets a new version. Every language keeps its numbers, which count from 1 if two are equal.
    """
    with transaction.atomic(), SiteState.changing():
        places = {key: place for place, key in enumerate(wanted)}
        chapters = sorted(
            course.chapters.in_order().select_for_update(of=("self",)),
            key=lambda each: places.get(each.pk, len(places)),
        )
        moved = [chapter for language in _by_language(chapters) for chapter in _renumber(language)]
        for chapter in moved:
            Chapter.objects.filter(pk=chapter.pk).update(position=chapter.position)
            note_edit(chapter, user=user, note=_("In another order."))
        if moved:
            note_change(is_seen=any(chapter.is_live() for chapter in moved))


def _by_language(chapters: Sequence[Chapter]) -> list[list[Chapter]]:
    languages = dict.fromkeys(chapter.language for chapter in chapters)
    return [[chapter for chapter in chapters if chapter.language == language] for language in languages]


def _renumber(chapters: Sequence[Chapter]) -> list[Chapter]:
    """Give the numbers of the chapters, in rising order, to them in theirs; return those whose number changes."""
    numbers = sorted(chapter.position for chapter in chapters)
    if len(set(numbers)) < len(numbers):
        numbers = [*range(1, len(numbers) + 1)]
    moved = [chapter for chapter, number in zip(chapters, numbers, strict=True) if chapter.position != number]
    for chapter, number in zip(chapters, numbers, strict=True):
        chapter.position = number
    return moved
