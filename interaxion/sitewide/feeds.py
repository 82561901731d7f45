"""The feeds of the site: the podcast, all content, and the content of one category, tag, speaker or course."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from courses.models import Chapter, Course
from episodes.feed import rss as podcast_rss
from episodes.feed.selection import podcast_episodes
from episodes.models import Episode
from episodes.people.speakers import Speaker
from episodes.podcast import Podcast
from interaxion.content.paths import find_path, nobodys_path, public_url
from interaxion.content.publishing.publishable import PublishableQuerySet, kinds
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.tags import Tag
from interaxion.serving.public_pages import public_page
from interaxion.serving.security import FOR_ALL_SITES
from interaxion.sitewide import atom
from interaxion.sitewide.pages.mixed_list import MixedList
from interaxion.web.feed_pages import ITEMS, FeedPage
from posts.models import Category, Post

#: The route name of the feed below the address of its page: `/blog/` has `/blog/feed.xml`.
FEED_OF = "feed_of"


def _of_category(category: Category) -> list[PublishableQuerySet]:
    """Return the posts; nothing for a glossary, whose entries are no news."""
    return [] if category.is_glossary else [Post.objects.live().filter(category=category)]


def _of_tag(tag: Tag) -> list[PublishableQuerySet]:
    return [kind.objects.live().dated().tagged(tag) for kind in (Episode, Post, Course, Chapter)]


def _of_speaker(speaker: Speaker) -> list[PublishableQuerySet]:
    return [kind.objects.live().dated().with_speaker(speaker) for kind in (Episode, Post, Chapter)]


def _of_course(course: Course) -> list[PublishableQuerySet]:
    return [Chapter.objects.live().filter(course=course)]


#: Episodes on one page of the podcast feed: directories follow no links to further pages, and must not lose one.
EPISODES = 1000

#: Models whose live rows have a feed, and the querysets in it; an empty list if there is none.
FEEDS: dict[type, Callable[[Any], list[PublishableQuerySet]]] = {
    Category: _of_category,
    Tag: _of_tag,
    Speaker: _of_speaker,
    Course: _of_course,
}


@public_page
def podcast_feed(request: HttpRequest) -> HttpResponse:
    podcast = Podcast.current()
    page, episodes = _page_of(
        request.GET.get("page", "1"), podcast_episodes(podcast), reverse("podcast_feed"), EPISODES
    )
    return _answer(_write_podcast(podcast, page, episodes), podcast_rss.CONTENT_TYPE, podcast)


def podcast_feed_pages() -> Iterator[tuple[str, bytes]]:
    """Yield the address and content of each page of the podcast feed, as visitors get them now."""
    podcast, number, last = Podcast.current(), 1, 1
    while number <= last:
        page, episodes = _page_of(str(number), podcast_episodes(podcast), reverse("podcast_feed"), EPISODES)
        yield page.url, _write_podcast(podcast, page, episodes)
        number, last = number + 1, page.last


def _write_podcast(podcast: Podcast, page: FeedPage, episodes: Any) -> bytes:
    return podcast_rss.write_podcast_feed(podcast, episodes, page=page, changed_at=SiteState.current().last_change())


@public_page
def atom_feed(request: HttpRequest) -> HttpResponse:
    """The feed of all dated content that visitors can see."""
    podcast = Podcast.current()
    everything = [kind.objects.live().dated() for kind in kinds()]
    return _atom(request, podcast, everything, title=podcast.title, path="/", feed_path=reverse("atom_feed"))


@public_page
def feed_of(request: HttpRequest, path: str) -> HttpResponse:
    """The feed of the thing whose page is at `path`. Raises Http404 if there is no such page."""
    row = find_path(path)
    if row is None or row.content_type.model_class() not in FEEDS:
        row = nobodys_path(Course)
    kind = row.content_type.model_class()
    target = get_object_or_404(kind.objects.live(), pk=row.object_id)
    querysets = FEEDS[kind](target)
    if not querysets:
        raise Http404
    if not row.is_current or row.path != "/" + path:
        return HttpResponsePermanentRedirect(feed_path(target.path))
    podcast = Podcast.current()
    title = f"{target} · {podcast.title}"
    return _atom(request, podcast, querysets, title=title, path=row.address, feed_path=feed_path(row.address))


def feed_path(page_path: str) -> str:
    """`/blog/` → `/blog/feed.xml`"""
    return reverse(FEED_OF, args=[page_path.strip("/")])


def _atom(
    request: HttpRequest,
    podcast: Podcast,
    querysets: Sequence[PublishableQuerySet],
    *,
    title: str,
    path: str,
    feed_path: str,
) -> HttpResponse:
    page, things = _page_of(request.GET.get("page", "1"), MixedList(querysets), feed_path)
    feed = atom.write_atom(
        things,
        page=page,
        page_url=public_url(path),
        title=title,
        author=podcast.author or podcast.title,
        language=podcast.language,
        updated_at=SiteState.current().last_change(),
    )
    return _answer(feed, atom.CONTENT_TYPE, podcast)


def _page_of(number: str, things: Any, feed_path: str, per_page: int = ITEMS) -> tuple[FeedPage, Any]:
    """Return the page of this number and its items. Raises Http404 if there is none."""
    pages = Paginator(things, per_page)
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise Http404
    try:
        items = pages.page(int(number)).object_list
    except EmptyPage as problem:
        raise Http404 from problem
    feed_url = public_url(feed_path)
    return FeedPage(feed_url, int(number), pages.num_pages), items


def _answer(feed: bytes, content_type: str, podcast: Podcast) -> HttpResponse:
    return HttpResponse(feed, content_type=content_type, headers={"Content-Language": podcast.language} | FOR_ALL_SITES)
