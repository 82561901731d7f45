"""The navigation of the public site: only what there is something behind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, Value
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.models import Course
from episodes.models import Episode
from episodes.podcast import Podcast
from interaxion.content.discovery.editions import paths_in
from interaxion.content.paths import normalise, url_of
from interaxion.sitewide.models import Page
from interaxion.sitewide.pages.letters import INTRODUCTION as LETTERS
from interaxion.sitewide.pages.listening import INTRODUCTION as LISTENING
from posts.models import Category, Post


@dataclass(frozen=True)
class NavigationItem:
    label: str
    url: str
    #: Of the label, where that is no word of the interface.
    language: str = ""


CATEGORY, COURSE, PAGE, EPISODE, AUDIO = range(5)
OURS = {normalise(words.address): words for words in (LETTERS, LISTENING)}


class NavigationRow(NamedTuple):
    """In the order of the navigation."""

    kind: int
    place: int
    #: A slug or a path.
    address: str
    label: str
    language: str


def navigation(found: Sequence[NavigationRow]) -> list[NavigationItem]:
    pages = {row.address: row for row in found if row.kind == PAGE}
    items = [NavigationItem(_("Episodes"), reverse("episodes"))]
    items += [NavigationItem(row.label, url_of(f"/{row.address}/")) for row in found if row.kind == CATEGORY]
    if any(row.kind == COURSE for row in found):
        items.append(NavigationItem(_("Courses"), reverse("courses")))
    items += [NavigationItem(_("Speakers"), reverse("speakers")), NavigationItem(_("Tags"), reverse("tags"))]
    return items + [_item_of_page(row) for row in pages.values() if not _is_said_better(row, pages)]


def _item_of_page(page: NavigationRow) -> NavigationItem:
    """Under its own title; in another language under our words, if it introduces a view that we have words for."""
    ours = OURS.get(normalise(page.address))
    if ours and page.language != get_language():
        return NavigationItem(str(ours.title), url_of(page.address))
    return NavigationItem(page.label, url_of(page.address), page.language)


def _is_said_better(page: NavigationRow, pages: Mapping[str, NavigationRow]) -> bool:
    """Whether another of the pages is its edition in the language of the visitor."""
    language = get_language()
    others = paths_in(page.address, page.language, language) if page.language != language else []
    return any(path in pages and pages[path].language == language for path in others)


class Frame(NamedTuple):
    """What stands around every page."""

    podcast: Podcast
    #: What the navigation needs.
    shown: list[NavigationRow]
    #: Whether our podcast feed is worth a word: no other host has it, and of the episodes that are out some have audio.
    has_podcast_feed: bool


def read_frame() -> Frame:
    """Read it with two queries. A show whose first episode is still to come may be subscribed to already."""
    podcast = Podcast.objects.filter(pk=1).first() or Podcast.unstored()
    shown = sorted(NavigationRow(*row) for row in _shown())
    kinds = {row.kind for row in shown}
    is_silent = EPISODE in kinds and AUDIO not in kinds
    return Frame(podcast, shown, has_podcast_feed=not podcast.is_notes_only and not is_silent)


def _shown() -> QuerySet[Any, tuple[Any, ...]]:
    """The categories, whether there are courses, the pages, whether there are episodes, and whether any has audio.

    A union lists a row that comes twice, as that of all courses, once.
    """
    nothing = Value("")
    categories = Category.objects.filter(pk__in=Post.objects.live().values("category")).annotate(
        kind=Value(CATEGORY), place=F("position"), address=F("slug"), label=F("name"), written_in=nothing
    )
    courses = Course.objects.live().annotate(
        kind=Value(COURSE), place=Value(0), address=nothing, label=nothing, written_in=nothing
    )
    pages = Page.objects.live().filter(in_navigation=True)
    pages = pages.annotate(
        kind=Value(PAGE), place=F("position"), address=F("path"), label=F("title"), written_in=F("language")
    )
    live = Episode.objects.live()
    episodes, heard = (
        Episode.objects.filter(pk__in=some.values("pk")[:1]).annotate(
            kind=Value(kind), place=Value(0), address=nothing, label=nothing, written_in=nothing
        )
        for kind, some in ((EPISODE, live), (AUDIO, live.with_audio()))
    )
    columns = ("kind", "place", "address", "label", "written_in")
    parts = (categories, courses, pages, episodes, heard)
    first, *others = (rows.order_by().values_list(*columns) for rows in parts)
    return first.union(*others)
