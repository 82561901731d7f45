"""The links of a text to pages of courses that visitors cannot see: they are shown as mere words."""

import re
from collections.abc import Iterable
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone

from courses.models import Chapter, Course
from courses.pages.whole_course import PARTS
from interaxion.content.paths import Path
from interaxion.content.prepared import Prepared

#: Where courses live, beside the addresses that somebody typed for one.
HOME = "/courses/"
#: Of files that a course is written in, and that no site shows as they are.
SOURCE_SUFFIXES = (".md", ".markdown")
_HREF = re.compile(r'<a\b[^>]*\shref="([^"#][^"]*)"')


def path_of_link(href: str) -> str:
    """Return the path that a link names, as `Path` spells it; "" for one that cannot be read or has a host."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc else unquote(parts.path).rstrip("/")


def dead_links(html: str, course: Course, chapters: Iterable[Chapter]) -> set[str]:
    """Return the paths of links to courses and chapters that are not there or not live; `chapters` are live.

    Also those of files that became no page, such as `../../CONTRIBUTING.md`: an import resolves what it knows.
    One query if the text links to more than its own course.
    """
    home = course.path.rstrip("/")
    linked = {path_of_link(unescape(href)) for href in _HREF.findall(html)}
    sources = {path for path in linked if not path.startswith("/") and path.endswith(SOURCE_SUFFIXES)}
    pages = {path for path in linked if path.startswith((f"{home}/", HOME)) and not _is_file(path)}
    known = {home, *(chapter.path.rstrip("/") for chapter in chapters), *(f"{home}/{part}" for part in PARTS)}
    strange = pages - known
    if not strange:
        return sources
    asked = sorted(strange | {_without_part(path) for path in strange})
    shown = {path for (path,) in _lead_somewhere(asked, timezone.now())}
    return sources | {path for path in strange if path not in shown and _without_part(path) not in shown}


@Prepared
def _lead_somewhere(paths: list[str], at: datetime) -> QuerySet[Any, tuple[str]]:
    """Return those of the paths that show something live or redirect there."""
    kinds = [ContentType.objects.get_for_model(model) for model in (Course, Chapter)]
    others = Path.objects.filter(path__in=paths).exclude(content_type__in=kinds).values_list("path")
    live = (
        model.objects.live(at).filter(addresses__path__in=paths).order_by().values_list("addresses__path")
        for model in (Course, Chapter)
    )
    return others.union(*live)


def _is_file(path: str) -> bool:
    return "." in path.rpartition("/")[2]


def _without_part(path: str) -> str:
    """Return the address of the course for that of one of its `PARTS`, else the address itself."""
    folder, _slash, last = path.rpartition("/")
    return folder if last in PARTS else path
