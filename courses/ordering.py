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

    Each language is numbered from 1. A chapter whose number changes gets a new version.
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
    """Number the chapters from 1 in this order; return those whose number changes."""
    numbered = list(enumerate(chapters, start=1))
    moved = [chapter for number, chapter in numbered if chapter.position != number]
    for number, chapter in numbered:
        chapter.position = number
    return moved
