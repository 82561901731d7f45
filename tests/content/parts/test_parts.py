"""Whatever is edited, stored parts are those that the things as stored give now, and pages are the same without."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from courses.models import Chapter, Course
from episodes.models import Appearance, Episode, Podcast, Speaker
from episodes.parts import PODCAST_ITEM
from episodes.people.host_proposals import mark_as_hosts
from interaxion.content.changes.changes import Change
from interaxion.content.changes.named_rows import merge_named_rows
from interaxion.content.changes.taking_back import take_back
from interaxion.content.parts.part import AT_ONCE, Part, write_missing_parts
from interaxion.content.parts.reading import read_parts, read_rows
from interaxion.content.saving.deriving import derive
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import To, transition
from interaxion.content.tags import Tag
from posts.models import Category, Post
from tests.factories import make_chapter, make_course, make_episode, make_page, make_post, make_speaker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ADDRESSES = (
    "/", "/episodes/", "/blog/", "/keywords/", "/courses/", "/tags/光/", "/speakers/oka/", "/en/episodes/", "/en/blog/",
    "/en/courses/", "/feed.xml", "/atom.xml", "/tags/光/feed.xml", "/speakers/oka/feed.xml",
)  # fmt: skip


@pytest.fixture
def site():
    """Make a few things of each kind, with the same people and tags."""
    oka, guest = make_speaker(name="岡", slug="oka"), make_speaker(name="客", slug="guest")
    for number, seconds in (("1", 3000), ("2", None)):
        make_episode(
            number=number,
            speakers=(oka, guest),
            tags=("光",),
            audio_url=f"https://media.example/{number}.mp3",
            audio_seconds=seconds,
            live=True,
        )
    make_episode(number="3", speakers=(guest,))
    for category in ("blog", "keywords"):
        make_post(category=category, authors=(oka,), summary="要旨", tags=("光",), live=True)
    course = make_course(slug="waves", live=True)
    make_chapter(course=course, tags=("光",), live=True)
    make_page(live=True)


def parts() -> dict[tuple, str]:
    columns = ("content_type", "object_id", "name", "language", "text")
    return {tuple(row): text for *row, text in Part.objects.values_list(*columns)}


def edit_episode(**values: object) -> None:
    episode = Episode.objects.get(number=1)
    for name, value in values.items():
        setattr(episode, name, value)
    store(episode, user=None)


def edit(model: Any, **values: object) -> None:
    row = model.objects.order_by("pk").first()
    for name, value in values.items():
        setattr(row, name, value)
    if isinstance(row, Course | Chapter | Post):
        store(row, user=None)
    else:
        row.save()


def merge() -> Change:
    return merge_named_rows([Speaker.objects.get(slug="guest")], Speaker.objects.get(slug="oka"), user=None)


def move_and_back() -> None:
    episode = Episode.objects.get(number=1)
    transition(episode, to="draft", user=None)
    edit(Speaker, name="岡さん")
    store(episode, user=None)
    transition(episode, to="published", user=None, at=datetime(2026, 1, 2, 3, tzinfo=timezone(timedelta(hours=9))))


def unsay_roles_and_mark_hosts() -> None:
    Appearance.objects.update(role="")
    Part.objects.all().delete()
    write_missing_parts.call()
    mark_as_hosts([Speaker.objects.get(slug="oka")], user=None)


EDITS: dict[str, Callable[[], object]] = {
    "title, number and address": lambda: edit_episode(title="別の題", number="7.50", path="/7-5"),
    "a date in another time zone": lambda: edit_episode(
        publish_at=datetime(2025, 12, 31, 23, tzinfo=timezone(timedelta(hours=-9)))
    ),
    "sound and picture": lambda: edit_episode(audio_seconds=77, audio_bytes=123, season=2, is_explicit=True),
    "speaker": lambda: edit(Speaker, name="岡さん", slug="oka-san"),
    "tag": lambda: edit(Tag, name="ひかり"),
    "merged speakers": merge,
    "merged speakers, taken back": lambda: take_back(merge(), user=None),
    "roles": unsay_roles_and_mark_hosts,
    "category": lambda: edit(Category, name="日誌", slug="diary"),
    "post": lambda: edit(Post, title="別の記事", cover="pictures/a.png", language="en"),
    "course": lambda: edit(Course, title="別のコース", language="en"),
    "chapter": lambda: edit(Chapter, title="別の章", subtitle="副題"),
    "podcast": lambda: Podcast.current().save(),
    "draft and back": move_and_back,
    "trash": lambda: transition(Episode.objects.get(number=1), to=To.TRASH, user=None),
    "rebuilt": lambda: derive(Episode.objects.get(number=1)),
}


@pytest.mark.parametrize("name", EDITS)
def test_parts_are_those_of_the_stored_things_after_an_edit(site, name):
    EDITS[name]()

    kept = parts()
    Part.objects.all().delete()
    write_missing_parts.call()
    anew = parts()
    assert {key: text for key, text in kept.items() if anew.get(key) != text} == {}


def test_pages_are_the_same_without_stored_parts(client, site):
    def read() -> dict[str, bytes]:
        caches["pages"].clear()
        return {path: client.get(path).content for path in ADDRESSES}

    with_parts = read()
    Part.objects.all().delete()

    assert read() == with_parts
    assert all(len(page) > 500 for page in with_parts.values())


def test_thing_that_nobody_can_see_has_no_parts(site):
    draft, live = Episode.objects.get(number=3), Episode.objects.get(number=1)

    assert (draft.parts.count(), live.parts.count()) == (0, 7)
    transition(live, to="draft", user=None)
    assert live.parts.count() == 0


def test_part_of_another_release_or_address_counts_as_missing(site, settings):
    key = (Episode, Episode.objects.get(number=1).pk)
    settings.SITE_URL = "https://moved.example"

    assert "<link>https://moved.example/1</link>" in read_parts(PODCAST_ITEM, [key])[key]
    write_missing_parts.call()
    assert Part.objects.filter(text__contains="moved.example").count() == 11


def test_rows_are_read_by_one_query_for_each_kind_in_the_language_of_the_page(site, django_assert_num_queries):
    episodes, post = Episode.objects.live().newest_first(), Post.objects.first()
    pks = [episode.pk for episode in episodes]
    read_rows((Episode, pks))  # content types are asked for once

    with django_assert_num_queries(2), override("en"):
        rows, (of_post,) = read_rows((Episode, pks), (Post, [post.pk]))

    assert [f'href="/en{episode.path}"' in row for episode, row in zip(episodes, rows, strict=True)] == [True, True]
    assert 'href="/en/blog/' in of_post


def test_speaker_of_many_things_leaves_their_parts_to_the_worker(site, django_capture_on_commit_callbacks):
    before = Part.objects.count()

    with django_capture_on_commit_callbacks(execute=True):
        edit(Speaker, name="岡さん")
        edit(Speaker, name="岡様")

    assert Part.objects.count() < before
    assert DBTaskResult.objects.filter(task_path__endswith="write_missing_parts").count() == 1
    write_missing_parts.call()
    assert Part.objects.count() == before


def test_parts_of_a_long_course_are_written_in_as_many_queries_as_those_of_a_short_one(site):
    course = Course.objects.get()

    def rename(title: str) -> int:
        course.title = title
        with CaptureQueriesContext(connection) as queries:
            store(course, user=None)
        return len(queries)

    rename("一つ")
    few = rename("二つ")
    for position in range(2, AT_ONCE + 3):
        make_chapter(course=course, position=position, live=True)

    assert rename("三つ") <= few + 1
    assert Part.objects.filter(name="row", text__contains="二つ").count() == 0
