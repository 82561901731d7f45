"""The navigation of the public site. It leads only to lists that hold something."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.models import Course
from episodes.models import Episode
from episodes.podcast import Podcast
from interaxion.content.discovery.editions import paths_in
from interaxion.content.languages import language_of_label
from interaxion.content.linking.works import Work
from interaxion.content.paths import normalise, url_of
from interaxion.content.prepared import Prepared
from interaxion.sitewide.models import Page
from interaxion.sitewide.pages.letters import INTRODUCTION as LETTERS
from interaxion.sitewide.pages.listening import INTRODUCTION as LISTENING
from interaxion.text.addresses import CITED_KINDS
from posts.models import Category


@dataclass(frozen=True)
class NavigationItem:
    label: str
    url: str
    #: Language of `label`; empty if it is a translated string of the interface.
    language: str = ""
    is_category: bool = False


CATEGORY, COURSE, PAGE, EPISODE, AUDIO, FRONT, WORK, PODCAST = range(8)
INTRODUCTIONS = {normalise(introduction.address): introduction for introduction in (LETTERS, LISTENING)}


class NavigationRow(NamedTuple):
    """The data that `navigation` reads from the database. Rows sort in the order of the navigation."""

    kind: int
    place: int
    #: A slug or a path.
    address: str
    label: str
    language: str
    #: The English label of a category.
    english: str


def navigation(rows: Sequence[NavigationRow]) -> list[NavigationItem]:
    pages = {row.address: row for row in rows if row.kind == PAGE}
    items = [NavigationItem(_("Episodes"), reverse("episodes"))]
    items += [_item_of_category(row) for row in rows if row.kind == CATEGORY]
    if any(row.kind == COURSE for row in rows):
        items.append(NavigationItem(_("Courses"), reverse("courses")))
    items += [NavigationItem(_("Speakers"), reverse("speakers")), NavigationItem(_("Tags"), reverse("tags"))]
    if any(row.kind == WORK for row in rows):
        items.append(NavigationItem(_("Works"), reverse("works")))
    return items + [_item_of_page(row) for row in pages.values() if not _has_translation(row, pages)]


def _item_of_category(row: NavigationRow) -> NavigationItem:
    label = Category(name=row.label, english_name=row.english).label
    return NavigationItem(label, url_of(f"/{row.address}/"), language_of_label(label), is_category=True)


def _item_of_page(page: NavigationRow) -> NavigationItem:
    """Return the page under its own title; under ours if it is in another language and introduces a view of ours."""
    ours = INTRODUCTIONS.get(normalise(page.address))
    if ours and page.language != get_language():
        return NavigationItem(str(ours.title), url_of(page.address))
    return NavigationItem(page.label, url_of(page.address), page.language)


def _has_translation(page: NavigationRow, pages: Mapping[str, NavigationRow]) -> bool:
    """Whether another of the pages is its edition in the visitor's language."""
    language = get_language()
    others = paths_in(page.address, page.language, language) if page.language != language else []
    return any(path in pages and pages[path].language == language for path in others)


class Frame(NamedTuple):
    """The data for what surrounds every page."""

    podcast: Podcast
    #: For the navigation.
    rows: list[NavigationRow]
    #: Whether pages offer our podcast feed: no other host has it, and if any episode is live, one has audio.
    has_podcast_feed: bool


def read_frame() -> Frame:
    """Read it with one query. A show whose first episode is still to come can already be subscribed to."""
    podcast, rows, columns = Podcast.unstored(), [], len(NavigationRow._fields)
    for row in _query_frame(timezone.now()):
        if row[0] == PODCAST:
            podcast = Podcast.from_db(DEFAULT_DB_ALIAS, [field.attname for field in _PODCAST], row[columns:])
        else:
            rows.append(NavigationRow(*row[:columns]))
    kinds = {row.kind for row in rows}
    is_silent = EPISODE in kinds and AUDIO not in kinds
    return Frame(podcast, sorted(rows), has_podcast_feed=not podcast.is_notes_only and not is_silent)


def front_page(rows: Sequence[NavigationRow]) -> Page | None:
    """Return the page that introduces the front page in this language, else the one in the language of the site.

    Most sites have none, which the rows say without another query.
    """
    return Page.introducing(reverse("home"), "/") if any(row.kind == FRONT for row in rows) else None


_PODCAST = Podcast._meta.concrete_fields


@Prepared
def _query_frame(at: datetime) -> QuerySet[Any, tuple[Any, ...]]:
    """Return the podcast, the categories, the pages in the navigation, those that introduce the front page, and
    whether there are courses with a chapter to read, works, episodes and episodes with audio.

    A row has the columns of the navigation, then those of the podcast, which only its own row fills.
    """
    nothing = Value("")
    defaults = {"place": Value(0), "address": nothing, "label": nothing, "language": nothing, "english": nothing}
    no_podcast = [Value(None, output_field=field) for field in _PODCAST]

    def rows(things: QuerySet[Any], kind: int, podcast: Sequence[Any] = no_podcast, **columns: Any) -> QuerySet[Any]:
        return things.order_by().values_list(*({"kind": Value(kind)} | defaults | columns).values(), *podcast)

    name = {"place": F("position"), "address": F("slug"), "label": F("name"), "english": F("english_name")}
    title = {"address": F("path"), "label": F("title"), "language": F("language")}
    pages = Page.objects.live(at)
    fronts = pages.filter(path__in=["/", *(f"/{code}/" for code, _name in settings.LANGUAGES)])
    live = Episode.objects.live(at)
    literature = Work.objects.live(at).filter(kind__in=CITED_KINDS)
    return rows(Podcast.objects.filter(pk=1), PODCAST, [F(field.attname) for field in _PODCAST]).union(
        rows(Category.objects.live(at), CATEGORY, **name),
        rows(Course.objects.filter(pk__in=Course.objects.listed(at).values("pk")[:1]), COURSE),
        rows(pages.filter(in_navigation=True), PAGE, place=F("position"), **title),
        rows(fronts, FRONT, **title),
        rows(Work.objects.filter(pk__in=literature.values("pk")[:1]), WORK),
        *(
            rows(Episode.objects.filter(pk__in=queryset.values("pk")[:1]), kind)
            for kind, queryset in ((EPISODE, live), (AUDIO, live.with_audio()))
        ),
        all=True,
    )
