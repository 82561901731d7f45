"""The pages of the site for the sitemap, in files of at most 100 rows.

A file has the rows of one model whose keys are in its range. So a new row, or one that is taken down, changes one file,
and a crawler that comes again reads little else.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Exists, F, Max, Model, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.urls import reverse

from courses.models import Chapter, Course
from episodes.models import Episode
from episodes.people.speakers import Speaker
from interaxion.content.linking.links import Link
from interaxion.content.linking.works import Work
from interaxion.content.paths import is_front_page
from interaxion.content.publishing.publishable import Publishable, kinds
from interaxion.content.publishing.window import live_condition
from interaxion.content.tags import Tag
from interaxion.sitewide.models import Page
from interaxion.sitewide.sitemap.dates import CHANGED_AT, change_of, changes_around, changes_by_work
from posts.models import Category

ROWS = 100
#: Keys of works in a file: few works have a page.
WORKS = 1000
FORMS = ("how_to_listen", "feedback")
#: The one file of the pages that belong to no row of these models.
LISTS = "lists"
#: Most works have one link: that needs no look at the texts.
MAY_HAVE_A_PAGE = Q(merged_into=None, link_count__gte=2)


class ListedPage(NamedTuple):
    path: str
    #: None if it is not known.
    changed_at: datetime | None = None
    #: The language of the text, "" for lists.
    language: str = ""


def find_files() -> Iterator[tuple[str, int, datetime | None]]:
    """Yield section, number and last change (None: not known) of each file with a page. One query for each model."""
    yield LISTS, 1, None
    for section, model in models_by_section().items():
        if issubclass(model, Publishable):
            yield from ((section, file, changed_at) for file, changed_at in sorted(_last_changes(model).items()))
        else:
            yield from ((section, file, None) for file in _files_with(_live(model).order_by()))


def _last_changes(kind: type[Publishable]) -> dict[int, datetime]:
    """Return when a text in each file changed for the last time."""
    files = _live(kind).order_by().annotate(file=(F("pk") - 1) / ROWS + 1).values_list("file")
    return dict(files.annotate(changed_at=Max(CHANGED_AT)))


def _files_with(live: QuerySet[Any, Any]) -> list[int]:
    """Return the numbers of the files that have one of these rows: the database stops at the first row of each."""
    model, rows = live.model, _rows_of(live.model)
    bounds = (f"(file.number - 1) * {rows} + 1", f"file.number * {rows}")
    first, last = (RawSQL(bound, ()) for bound in bounds)  # noqa: S611  # nosec B611 (numbers of ours)
    sql, parameters = live.filter(pk__range=(first, last)).values("pk").query.sql_with_params()
    some = model._default_manager.filter(MAY_HAVE_A_PAGE) if model is Work else model._default_manager.all()
    files, few = some.order_by().values_list((F("pk") - 1) / rows + 1).distinct().query.sql_with_params()
    with connection.cursor() as cursor:
        having_one = f"SELECT number FROM file WHERE EXISTS ({sql}) ORDER BY number"  # noqa: S608  # nosec B608 (ours)
        cursor.execute(f"WITH file(number) AS ({files}) {having_one}", [*few, *parameters])
        return [number for (number,) in cursor.fetchall()]


def _rows_of(model: type[Model]) -> int:
    return WORKS if model is Work else ROWS


def find_pages(section: str, number: int) -> Iterator[ListedPage]:
    """Yield the pages in a file, with the last change of a text on them. Nothing for an unknown file."""
    if (section, number) == (LISTS, 1):
        yield from _lists()
    model = models_by_section().get(section)
    if model is None:
        return
    size = _rows_of(model)
    first, last = (number - 1) * size + 1, number * size
    rows = _live(model).filter(pk__range=(first, last)).order_by("pk")
    if issubclass(model, Publishable):
        for path, changed_at, language in rows.annotate(at=CHANGED_AT).values_list("path", "at", "language"):
            if not is_front_page(path):
                yield ListedPage(path, changed_at, language)
        return
    if model is Work:
        works = list(rows.only("pk", "link_count"))
        changes = changes_by_work(works)
        yield from (ListedPage(work.path, changes.get(work.pk)) for work in works)
        return
    changes = changes_around(model, first, last)
    for row in rows.only("slug"):
        yield ListedPage(row.path, changes.get(row.pk))


def models_by_section() -> dict[str, type[Model]]:
    """Return the models whose rows have a page, by the names of their files."""
    models: list[type[Model]] = [*kinds(), Speaker, Tag, Work]
    return {f"{model._meta.model_name}s": model for model in models}


def _live(model: type[Model]) -> QuerySet[Any, Any]:
    live: QuerySet[Any, Any] = model._default_manager.live()
    if model is Page:
        return live.exclude(pk__in=[page.pk for page in _introductions().values()])
    if model is not Work:
        return live
    # The page of a work that one text cites says no more than that text.
    texts = Link.objects.filter(live_condition(), work=OuterRef("pk")).order_by().values("path").distinct()
    return Work.objects.filter(MAY_HAVE_A_PAGE, Exists(texts[1:2]))


def _lists() -> Iterator[ListedPage]:
    newest = {kind: kind.objects.live().aggregate(at=Max(CHANGED_AT))["at"] for kind in kinds()}
    of_all = max(filter(None, newest.values()), default=None)
    for name in ("home", "speakers", "tags"):
        yield ListedPage(reverse(name), of_all)  # a plain page that introduces the front page is not listed again
    yield ListedPage(reverse("episodes"), newest[Episode])
    introductions = _introductions()
    for name in FORMS:
        page = introductions.get(name)
        yield ListedPage(reverse(name), page.changed_at if page else None)
    if newest[Course]:
        yield ListedPage(reverse("courses"), max(filter(None, [newest[Course], newest[Chapter]])))
    for category in Category.objects.live().annotate(
        at=Max(change_of("posts"), filter=live_condition(prefix="posts__"))
    ):
        yield ListedPage(category.path, category.at)


def _introductions() -> dict[str, Page]:
    """Return the plain pages that introduce a page of ours, which is there in both languages, by its name."""
    found = {name: Page.introducing(reverse(name)) for name in FORMS}
    return {name: page for name, page in found.items() if page}
