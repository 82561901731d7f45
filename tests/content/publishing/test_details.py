"""People, tags and neighbours of the page of one thing: in a number of queries that does not grow with them."""

from datetime import UTC, datetime

import pytest

from courses.models import Chapter, Course
from episodes.models import Episode
from posts.models import Post
from tests.factories import make_chapter, make_course, make_episode, make_post, make_speaker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_details_bring_people_and_tags_in_their_order(django_assert_num_queries):
    guest, host = make_speaker(name="客"), make_speaker(name="司会")
    pk = make_episode(speakers=(host, guest), tags=("超伝導", "相", "光"), live=True).pk
    make_episode(speakers=(host,), tags=("光",), live=True)

    with django_assert_num_queries(3):
        [episode] = Episode.objects.with_details().filter(pk=pk)
        people = [each.speaker for each in episode.appearances.all()]
        tags = [tag.name for tag in episode.tags.all()]

    assert (people, tags) == ([host, guest], ["超伝導", "相", "光"])


def test_details_of_a_thing_without_people_and_tags_are_empty():
    make_episode(live=True)
    make_post(live=True)
    make_chapter(course=make_course(live=True), live=True)

    things = [kind.objects.with_details().get() for kind in (Episode, Post, Chapter, Course)]

    assert [list(thing.tags.all()) for thing in things] == [[], [], [], []]
    assert [list(each) for each in (things[0].appearances.all(), things[1].authorships.all())] == [[], []]


def test_neighbours_are_the_live_ones_before_and_after(django_assert_num_queries):
    first, middle, last = (make_episode(number=number, live=True) for number in ("19", "19.5", "100.25"))
    make_episode(number="20")  # a draft
    live = Episode.objects.live()

    with django_assert_num_queries(1):
        assert live.neighbours(middle) == (first, last)
    assert [live.neighbours(end) for end in (first, last)] == [(None, middle), (middle, None)]


def test_neighbours_of_one_instant_follow_their_keys():
    at = datetime(2024, 5, 1, tzinfo=UTC)
    first, middle, last = (make_episode(number=number, live=True, publish_at=at) for number in ("1", "2", "3"))

    assert Episode.objects.live().neighbours(Episode.objects.get(pk=middle.pk)) == (first, last)


def test_neighbours_of_a_draft_without_a_date_are_none():
    make_episode(number="1", live=True)

    assert Episode.objects.live().neighbours(make_episode(number="2")) == (None, None)
