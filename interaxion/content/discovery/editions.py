"""Editions: the same thing in another language. The addresses differ only by the language at the end of one segment.

`/blog/tides` in the language of the site belongs to `/blog/tides-en`, `/courses/waves/one/` to
`/courses/waves-en/one/`. An import writes the two languages of a course this way; for other content people may.
"""

from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interaxion.content.prepared import Prepared
from interaxion.content.publishing.publishable import Publishable

#: The help text of the address field in the admin.
HOW_TO_PAIR = _(
    "An edition in the other language has the same address with -en at the end, such as /blog/name-en: "
    "the two pages then lead to each other."
)


def find_editions(thing: Publishable) -> list[Publishable]:
    """Return the live editions of the same kind in the other languages. One query."""
    kind: Any = type(thing)
    places = places_of_editions(thing)
    found = _live_at(kind)([*places], timezone.now()) if places else []
    return [edition for edition in found if edition.language == places[edition.path]]


@cache
def _live_at(kind: type[Publishable]) -> Prepared[Publishable]:
    @Prepared
    def live(paths: list[str], at: datetime) -> QuerySet[Publishable]:
        return kind.objects.live(at).filter(path__in=paths).only("title", "path", "language").order_by("pk")

    return live


def places_of_editions(thing: Publishable) -> dict[str, str]:
    """Return the paths that its editions may have, each with the language of the edition there."""
    others = [code for code, _name in settings.LANGUAGES if code != thing.language]
    return {path: code for code in others for path in paths_in(thing.path, thing.language, code)}


def paths_in(path: str, language: str, other: str) -> list[str]:
    """Return the paths that the edition in the `other` language may have."""
    segments = path.split("/")
    return [
        "/".join([*segments[:place], stem + _ending(other), *segments[place + 1 :]])
        for place, segment in enumerate(segments)
        if segment and (stem := segment.removesuffix(_ending(language))) and segment == stem + _ending(language)
    ]


def _ending(language: str) -> str:
    return "" if language == settings.LANGUAGE_CODE else f"-{language}"
