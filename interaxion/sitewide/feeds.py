"""The feeds of the site: the podcast, all content, and the content of one category, tag, speaker or course."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone

from courses.models import Chapter, Course
from episodes.feed import rss as podcast_rss
from episodes.feed.selection import FeedSelection, podcast_trailers
from episodes.models import Episode
from episodes.parts import PODCAST_ITEM, PODCAST_NOTES
from episodes.people.speakers import Speaker
from episodes.podcast import Podcast
from interaxion.content.live_details import get_live_or_404
from interaxion.content.parts.reading import Key, read_parts
from interaxion.content.parts.registry import PartName
from interaxion.content.paths import find_path, nobodys_path, public_url
from interaxion.content.publishing.mixed_list import Build, MixedList
from interaxion.content.publishing.publishable import PublishableQuerySet, kinds
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.tags import Tag
from interaxion.serving.paging import Page, Pages, further_address
from interaxion.serving.public_pages import public_page
from interaxion.serving.security import FOR_ALL_SITES
from interaxion.sitewide import atom
from interaxion.sitewide.pages.tagging import is_rare
from interaxion.web.feed_pages import ITEMS, FeedPage
from posts.models import Category, Post

#: The route name of the feed below the address of its page: `/blog/` has `/blog/feed.xml`.
FEED_OF = "feed_of"


def _of_category(category: int, at: datetime) -> list[PublishableQuerySet]:
    return [Post.objects.live(at).filter(category=category)]


def _of_tag(tag: int, at: datetime) -> list[PublishableQuerySet]:
    return [kind.objects.live(at).dated().tagged(tag) for kind in (Episode, Post, Course, Chapter)]


def _of_rare_tag(tag: int, at: datetime) -> list[PublishableQuerySet]:
    return [kind.objects.live(at, among_few=True).dated().tagged(tag) for kind in (Episode, Post, Course, Chapter)]


def _of_speaker(speaker: int, at: datetime) -> list[PublishableQuerySet]:
    return [kind.objects.live(at).dated().with_speaker(speaker) for kind in (Episode, Post, Chapter)]


def _of_course(course: int, at: datetime) -> list[PublishableQuerySet]:
    return [Chapter.objects.live(at).filter(course=course)]


def _of_everything(at: datetime) -> list[PublishableQuerySet]:
    return [kind.objects.live(at).dated() for kind in kinds()]


#: The least episodes of a podcast feed with archives: directories follow no links to these, and must not lose one.
EPISODES = 1000

#: Room for the whole texts of the newest things in one document. Those behind them have their summaries: an app reads a
#: feed again and again, and all texts of 1,000 episodes would be 17 MB.
BYTES_OF_TEXTS = 800_000

#: Models whose live rows have a feed, and the querysets in it.
FEEDS: dict[type, Build] = {
    Category: _of_category,
    Tag: _of_tag,
    Speaker: _of_speaker,
    Course: _of_course,
}


@public_page
def podcast_feed(request: HttpRequest, number: int | None = None) -> HttpResponse:
    podcast = Podcast.current()
    episodes = FeedSelection(podcast)
    pages = _podcast_pages(episodes)
    if address := pages.at_old_address(request.GET):
        return HttpResponsePermanentRedirect(address)
    return _answer(_write_podcast(podcast, episodes, pages.page(number)), podcast_rss.CONTENT_TYPE, podcast)


def podcast_feed_pages() -> Iterator[tuple[str, bytes]]:
    """Yield the address and content of each document of the podcast feed, as visitors get them now."""
    podcast = Podcast.current()
    episodes = FeedSelection(podcast)
    pages = _podcast_pages(episodes)
    for number in range(pages.last, 0, -1):
        page = Page(pages, number)
        yield public_url(page.address), _write_podcast(podcast, episodes, page)


def _podcast_pages(episodes: FeedSelection) -> Pages:
    return Pages(reverse("podcast_feed"), episodes.count(), EPISODES)


def _write_podcast(podcast: Podcast, episodes: FeedSelection, page: Page) -> bytes:
    keys: list[Key] = [(Episode, pk) for pk in episodes.keys(page.part)]
    changed_at = episodes.changed_at(page.part)
    return podcast_rss.write_podcast_feed(
        podcast,
        read_items(PODCAST_ITEM, PODCAST_NOTES, keys).values(),
        page=_feed_page(page),
        changed_at=_last_change([changed_at] if changed_at else []),
        trailers=() if page.is_further else podcast_trailers(timezone.now()),
    )


@public_page
def atom_feed(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """The feed of all dated content that visitors can see."""
    podcast = Podcast.current()
    feed_path = reverse("atom_feed")
    everything = MixedList(_of_everything)
    return _atom(request, podcast, everything, number, title=podcast.title, path="/", feed_path=feed_path)


@public_page
def feed_of(request: HttpRequest, path: str, number: int | None = None) -> HttpResponse:
    """The feed of the thing whose page is at `path`. Raises Http404 if there is no such page."""
    row = find_path(path)
    if row is None or row.owner_model not in FEEDS:
        row = nobodys_path(Course)
    kind = row.owner_model
    target: Any = get_live_or_404(kind, row.object_id)
    if kind is Category and target.is_glossary:
        raise Http404  # its entries are no news
    if not row.is_current or row.path != "/" + path:
        address = feed_path(target.path)
        return HttpResponsePermanentRedirect(further_address(address, number) if number else address)
    podcast = Podcast.current()
    title = f"{target} · {podcast.title}"
    # The hub is told of the feeds of categories, not of those of each tag, speaker and course.
    build = _of_rare_tag if kind is Tag and is_rare(target.pk) else FEEDS[kind]
    return _atom(
        request,
        podcast,
        MixedList(build, target.pk),
        number,
        title=title,
        path=row.address,
        feed_path=feed_path(row.address),
        has_hub=kind is Category,
    )


def feed_path(page_path: str) -> str:
    """`/blog/` → `/blog/feed.xml`"""
    return reverse(FEED_OF, args=[page_path.strip("/")])


def _atom(
    request: HttpRequest,
    podcast: Podcast,
    everything: MixedList,
    number: int | None,
    *,
    title: str,
    path: str,
    feed_path: str,
    has_hub: bool = True,
) -> HttpResponse:
    pages = Pages(feed_path, everything.count(), ITEMS)
    if address := pages.at_old_address(request.GET):
        return HttpResponsePermanentRedirect(address)
    page = pages.page(number)
    changed_at = everything.changes(page.part)
    entries = read_items(atom.ATOM_ENTRY, atom.ATOM_TEXT, list(changed_at))
    feed = atom.write_atom(
        [atom.Entry(entry, changed_at[key]) for key, entry in entries.items()],
        page=_feed_page(page, has_hub=has_hub),
        page_url=public_url(path),
        title=title,
        author=podcast.author or podcast.title,
        language=podcast.language,
        updated_at=_last_change(changed_at.values()),
    )
    return _answer(feed, atom.CONTENT_TYPE, podcast)


def read_items(name: PartName, text: PartName, keys: Sequence[Key]) -> dict[Key, str]:
    """Return the items of one document: with their texts as far as there is room, else with their summaries alone."""
    items = read_parts(name, keys)
    texts = read_parts(text, keys[:ITEMS])
    room = BYTES_OF_TEXTS
    for key in [key for key in keys[:ITEMS] if key in items]:
        room -= len(texts.get(key, "").encode())
        if room < 0:
            break
        items[key] += texts.get(key, "")
    return {key: items[key] for key in keys if key in items}


def _feed_page(page: Page, *, has_hub: bool = True) -> FeedPage:
    addresses = (page.address if page.is_further else "", page.after, page.before)
    archive, older, newer = (public_url(address) if address else "" for address in addresses)
    return FeedPage(public_url(page.pages.address), archive, older, newer, settings.WEBSUB_HUB if has_hub else "")


def _last_change(changes: Iterable[datetime]) -> datetime:
    """Return when the newest change of what is in the document was: a save of anything else leaves it as it is."""
    return max(changes, default=None) or SiteState.current().last_change()


def _answer(feed: bytes, content_type: str, podcast: Podcast) -> HttpResponse:
    return HttpResponse(feed, content_type=content_type, headers={"Content-Language": podcast.language} | FOR_ALL_SITES)
