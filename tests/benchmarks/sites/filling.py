"""Fill the database with a show, through `store()` and `transition()` as an import does: some 25 things a transaction.

A show may grow: what is there stays, and the episodes beyond it are added. Django must be set up.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Any

from django.db import transaction

from courses.models import Course
from episodes.models import Episode, Podcast, Speaker
from interaxion.content.publishing.site_state import SiteState
from posts.models import Post
from tests.benchmarks.sites.shows import BEGINNING, EPISODES_OF_A_POST, plan_episode, plan_post
from tests.factories import make_chapter, make_course, make_episode, make_page, make_post

THINGS_AT_ONCE, CHAPTERS = 25, 6


def fill(size: int) -> int:
    """Let the show have `size` live episodes, with a post for every five. Return how many things were made."""
    works = iter(_works(size))
    made = 0
    while batch := list(islice(works, THINGS_AT_ONCE)):
        with transaction.atomic(), SiteState.changing():
            for work in batch:
                work()
        made += len(batch)
    return made


def _works(size: int) -> Iterator[Callable[[], Any]]:
    known, posts = Episode.objects.filter(number__isnull=False).count(), Post.objects.count()
    if not known:
        yield _begin
    for number in range(known + 1, size + 1):
        yield partial(_add_episode, number)
    for number in range(posts + 1, size // EPISODES_OF_A_POST + 1):
        yield partial(_add_post, number)


def _begin() -> None:
    """Make the podcast, a page and a course."""
    podcast = Podcast.current()
    podcast.title, podcast.author, podcast.description = "格子の話", "格子の話", "科学の話をする番組です。"
    podcast.owner_email, podcast.categories = "show@show.example", ["Science"]
    podcast.full_clean()
    podcast.save()
    make_page(title="番組について", live=True)
    course = Course.objects.filter(slug="lattice").first() or make_course(slug="lattice", title="格子入門", live=True)
    for position in range(1, CHAPTERS + 1):
        source = f"# 第{position}章\n\n{plan_post(position).body}\n\n$$E = mc^2$$\n"
        make_chapter(course=course, position=position, source=source, live=True)


def _add_episode(number: int) -> None:
    plan = plan_episode(number)
    make_episode(
        number=str(number),
        title=plan.title,
        summary=plan.summary,
        notes=plan.notes,
        speakers=tuple(_speaker(name) for name in (*plan.hosts, *plan.guests)),
        tags=plan.tags,
        publish_at=plan.publish_at,
        audio_url=f"https://audio.example/{number}.mp3",
        audio_bytes=60_000_000,
        audio_seconds=plan.seconds,
    )


def _add_post(number: int) -> None:
    plan = plan_post(number)
    authors = (_speaker(plan.author),)
    assert plan.publish_at > BEGINNING
    make_post(title=plan.title, body=plan.body, authors=authors, tags=plan.tags, publish_at=plan.publish_at)


def _speaker(name: str) -> Speaker:
    return Speaker.objects.get_or_create(name=name)[0]
