"""The pages of the site for the sitemap, in files of at most 500 rows.

A file has the rows of one model whose keys are in its range. So a new row, or one that is taken down, changes one file.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import Exists, F, Max, Model, OuterRef, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse

from courses.models import Chapter, Course
from episodes.models import Episode
from episodes.people.speakers import Speaker
from interaxion.content.discovery.editions import paths_in
from interaxion.content.linking.links import Link
from interaxion.content.linking.works import Work
from interaxion.content.paths import is_front_page
from interaxion.content.publishing.publishable import Publishable, kinds
from interaxion.content.publishing.window import live_condition
from interaxion.content.tags import Tag
from interaxion.sitewide.models import Page
from posts.models import Category

ROWS = 500
FORMS = ("how_to_listen", "feedback")
#: The one file of the pages that belong to no row of these models.
LISTS = "lists"


class ListedPage(NamedTuple):
    path: str
    #: None if it is not known.
    changed_at: datetime | None = None
    #: The language of the text, "" for lists.
    language: str = ""


def find_files() -> Iterator[tuple[str, int, datetime | None]]:
    """Yield section, number and last change (None: not known) of each file with a page. Two queries for each model."""
    yield LISTS, 1, None
    for section, model in _models().items():
        changed_at = _last_changes(model) if issubclass(model, Publishable) else {}
        for file in _files_with(_live(model).order_by()):
            yield section, file, changed_at.get(file)


def _last_changes(kind: type[Publishable]) -> dict[int, datetime]:
    """Return when a text in each file changed for the last time."""
    files = kind.objects.live().order_by().annotate(file=(F("pk") - 1) / ROWS + 1).values_list("file")
    return dict(files.annotate(changed_at=Max(CHANGED_AT)))


def _files_with(live: QuerySet[Any, Any]) -> list[int]:
    """Return the numbers of the files that have one of these rows: the database stops at the first row of each."""
    bounds = (f"(file.number - 1) * {ROWS} + 1", f"file.number * {ROWS}")
    first, last = (RawSQL(bound, ()) for bound in bounds)  # noqa: S611  # nosec B611 (numbers of ours)
    sql, parameters = live.filter(pk__range=(first, last)).values("pk").query.sql_with_params()
    table = connection.ops.quote_name(live.model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE file(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM file"  # noqa: S608  # nosec B608 (all ours)
            f" WHERE number * {ROWS} < (SELECT MAX(id) FROM {table}))"
            f" SELECT number FROM file WHERE EXISTS ({sql}) ORDER BY number",
            parameters,
        )
        return [number for (number,) in cursor.fetchall()]


def find_pages(section: str, number: int) -> Iterator[ListedPage]:
    """Yield the pages in a file, with the last change of a text on them. Nothing for an unknown file."""
    if (section, number) == (LISTS, 1):
        yield from _lists()
    model = _models().get(section)
    if model is None:
        return
    first, last = (number - 1) * ROWS + 1, number * ROWS
    rows = _live(model).filter(pk__range=(first, last)).order_by("pk")
    if issubclass(model, Publishable):
        for path, changed_at, language in rows.annotate(at=CHANGED_AT).values_list("path", "at", "language"):
            if not is_front_page(path):
                yield ListedPage(path, changed_at, language)
        return
    changes = _changes_around(model, first, last)
    for row in rows.only("pk" if model is Work else "slug"):
        yield ListedPage(row.path, changes.get(row.pk))


def _changes_around(model: type[Model], first: int, last: int) -> dict[int, datetime]:
    """Return the last change of a text on the page of each row, by primary key. One query for each kind of content."""
    changes: dict[int, datetime] = {}
    for kind in kinds():
        relation = {Speaker: kind.people, Tag: "tags" if hasattr(kind, "tags") else "", Work: "links__work"}[model]
        if not relation:
            continue
        things = kind.objects.live().filter(**{f"{relation}__pk__range": (first, last)}).order_by()
        for pk, changed_at in things.values_list(relation).annotate(at=Max(CHANGED_AT)):
            changes[pk] = max(changed_at, changes.get(pk, changed_at))
    return changes


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
    if model is Page:
        return live.exclude(pk__in=[page.pk for page in _introductions().values()])
    if model is not Work:
        return live
    # The page of a work that one text cites says no more than that text. Most works have one link, which needs no look.
    texts = Link.objects.filter(live_condition(), work=OuterRef("pk")).order_by().values("path").distinct()
    return Work.objects.filter(Exists(texts[1:2]), merged_into=None, link_count__gte=2)


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
        at=Max(_change_of("posts"), filter=live_condition(prefix="posts__"))
    ):
        yield ListedPage(category.path, category.at)


def _introductions() -> dict[str, Page]:
    """Return the plain pages that introduce a page of ours, which is there in both languages, by its name."""
    found = {name: Page.introducing(reverse(name)) for name in FORMS}
    return {name: page for name, page in found.items() if page}


def _change_of(relation: str = "") -> Greatest:
    """Return `changed_at` of content as an expression, through a relation if one is named."""
    edited, published = (f"{relation}__{name}" if relation else name for name in ("text_changed_at", "publish_at"))
    return Greatest(Coalesce(edited, published), published)


CHANGED_AT = _change_of()
