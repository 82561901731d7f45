"""The front page: the newest episode, what the show is, the latest of everything."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from courses.models import Course
from episodes.models import Episode
from interaxion.content.live_details import read_people
from interaxion.content.parts.reading import read_rows
from interaxion.content.prepared import Prepared
from interaxion.sitewide.pages.tagging import find_most_used_tags
from posts.models import Post


def home(request: HttpRequest) -> HttpResponse:
    """Show the front page. A plain page at `/`, or at `/en/` for the English one, introduces it."""
    now = timezone.now()
    if newest := _newest.first(now):
        read_people(newest)
    keys = ((kind, [pk for (pk,) in find(now)]) for kind, find in LATEST.items())
    recent, posts, courses = read_rows(*keys)
    context = {"newest": newest, "recent": recent, "posts": posts, "courses": courses, "tags": find_most_used_tags(20)}
    return render(request, "sitewide/home.html", context)


@Prepared
def _newest(at: datetime) -> QuerySet[Episode]:
    # With its outline, which the timeline shows.
    return Episode.objects.live(at).newest_first().defer("html", "text", "distribution_notes", "short_introduction")[:1]


@Prepared
def _recent_episodes(at: datetime) -> QuerySet[Any, tuple[int]]:
    return _newest_keys(Episode.objects.live(at), slice(1, 9))  # the newest one stands above them


@Prepared
def _recent_posts(at: datetime) -> QuerySet[Any, tuple[int]]:
    return _newest_keys(Post.objects.live(at).dated(), slice(5))


@Prepared
def _recent_courses(at: datetime) -> QuerySet[Any, tuple[int]]:
    return _newest_keys(Course.objects.listed(at), slice(4))


def _newest_keys(things: QuerySet[Any], part: slice) -> QuerySet[Any, tuple[int]]:
    """By their dates alone: no index has the order of all posts, in which the glossary is apart."""
    return things.order_by("-publish_at", "-pk").values_list("pk")[part]


#: The lists, by what they hold.
LATEST: dict[Any, Prepared] = {Episode: _recent_episodes, Post: _recent_posts, Course: _recent_courses}
