"""The pages of the site for the sitemap, in files of at most 500 rows.

A file has the rows of one model whose keys are in its range. So a new row, or one that is taken down, changes one file.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import F, Max, Model, Q, QuerySet
from django.db.models.functions import Greatest
from django.urls import reverse

from courses.models import Course
from episodes.people.speakers import Speaker
from interaxion.content.discovery.editions import paths_in
from interaxion.content.linking.works import Work
from interaxion.content.paths import is_front_page
from interaxion.content.publishing.publishable import Publishable, kinds
from interaxion.content.tags import Tag
from interaxion.sitewide.models import Page
from posts.models import Category

ROWS = 500
#: The one file of the pages that belong to no row of these models.
LISTS = "lists"


class ListedPage(NamedTuple):
    path: str
    #: None if it is not known.
    changed_at: datetime | None = None
    #: The language of the text, "" for lists.
    language: str = ""


def find_files() -> Iterator[tuple[str, int, datetime | None]]:
    """Yield section, number and last change (None: not known) of each file with a page. One query for each model."""
    yield LISTS, 1, None
    for section, model in _models().items():
        rows = model._default_manager.filter(pk__in=_live(model).values("pk")).order_by()
        files = rows.annotate(file=(F("pk") - 1) / ROWS + 1).values_list("file")
        if issubclass(model, Publishable):
            dated = Q(pk__in=model.objects.live().dated().order_by().values("pk"))
            # A text saved long before its publication date is new on that date.
            last_change = Max(Greatest("stored_at", "publish_at"), filter=dated)
            for file, changed_at in files.annotate(changed_at=last_change).order_by("file"):
                yield section, file, changed_at
        else:
            for (file,) in files.distinct().order_by("file"):
                yield section, file, None


def find_pages(section: str, number: int) -> Iterator[ListedPage]:
    """Yield the pages in a file, with the last change of content that has a date. Nothing for an unknown file."""
    if (section, number) == (LISTS, 1):
        yield from _lists()
    model = _models().get(section)
    if model is None:
        return
    rows = _live(model).filter(pk__range=((number - 1) * ROWS + 1, number * ROWS)).order_by("pk")
    if not issubclass(model, Publishable):
        for row in rows.only("pk" if model is Work else "slug"):
            yield ListedPage(row.path)
        return
    dated = set(rows.dated().values_list("pk", flat=True))
    columns = ("pk", "path", "stored_at", "publish_at", "language")
    for pk, path, stored_at, publish_at, language in rows.values_list(*columns):
        if is_front_page(path):
            continue
        yield ListedPage(path, max(stored_at, publish_at) if pk in dated else None, language)


def find_editions(section: str, pages: Sequence[ListedPage]) -> dict[ListedPage, dict[str, str]]:
    """Return for each page the paths of the same text in other languages, by language. At most one query."""
    model = _models().get(section)
    others = {page: [code for code, _name in settings.LANGUAGES if page.language not in ("", code)] for page in pages}
    possible = {
        page: [(code, path) for code in codes for path in paths_in(page.path, page.language, code)]
        for page, codes in others.items()
    }
    paths = {path for each in possible.values() for _code, path in each}
    found = model._default_manager.live().filter(path__in=paths) if model and paths else None
    languages = dict(found.values_list("path", "language")) if found else {}
    return {page: {code: path for code, path in each if languages.get(path) == code} for page, each in possible.items()}


def _models() -> dict[str, type[Model]]:
    """Return the models whose rows have a page, by the names of their files."""
    models: list[type[Model]] = [*kinds(), Speaker, Tag, Work]
    return {f"{model._meta.model_name}s": model for model in models}


def _live(model: type[Model]) -> QuerySet[Any, Any]:
    live: QuerySet[Any, Any] = model._default_manager.live()
    return live.filter(merged_into=None) if model is Work else live


def _lists() -> Iterator[ListedPage]:
    for name in ("home", "episodes", "speakers", "tags"):
        yield ListedPage(reverse(name))  # a plain page that introduces the front page is not listed again
    for name in ("how_to_listen", "feedback"):
        if Page.introducing(reverse(name)) is None:  # otherwise it is among the plain pages
            yield ListedPage(reverse(name))
    if Course.objects.live().exists():
        yield ListedPage(reverse("courses"))
    for category in Category.objects.live():
        yield ListedPage(category.path)
