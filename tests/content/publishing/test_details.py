"""People, tags and neighbours of the page of one thing: in a number of queries that does not grow with them."""

from datetime import UTC, datetime

import pytest
from django.http import Http404

from courses.models import Chapter, Course
from episodes.models import Episode
from interaxion.content.live_details import get_live_or_404
from interaxion.content.publishing.window import older_and_newer
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

    with django_assert_num_queries(1):
        assert neighbours(middle) == (first, last)
    assert [neighbours(end) for end in (first, last)] == [(None, middle), (middle, None)]


def test_neighbours_of_one_instant_follow_their_keys():
    at = datetime(2024, 5, 1, tzinfo=UTC)
    first, middle, last = (make_episode(number=number, live=True, publish_at=at) for number in ("1", "2", "3"))

    assert neighbours(Episode.objects.get(pk=middle.pk)) == (first, last)


def test_draft_without_a_date_has_no_neighbours(client):
    make_episode(number="1", live=True)
    draft = make_episode(number="2")

    page = client.get(f"{draft.path}?preview={draft.preview_key}")

    assert 'class="neighbours"' not in page.content.decode()


def neighbours(episode: Episode) -> tuple[Episode | None, Episode | None]:
    return older_and_newer(episode, Episode.objects.live().beside(episode.publish_at, episode.pk))


@pytest.mark.parametrize("make", [make_episode, make_post, make_chapter])
def test_live_thing_has_the_details_that_a_query_brings(make, django_assert_max_num_queries):
    people = (make_speaker(name="客"), make_speaker(name="司会"))
    of_kind = {"speakers": people} if make is make_episode else {"authors": people} if make is make_post else {}
    thing = make(tags=("超伝導", "相", "光"), live=True, **of_kind)
    if make is make_chapter:
        thing.replace_authors(list(people))
    kind = type(thing)
    get_live_or_404(kind, make(tags=("光",), live=True).pk)  # a query is prepared with other values

    with django_assert_max_num_queries(3):
        found = get_live_or_404(kind, thing.pk)
        rows, tags = list(getattr(found, kind.people_rows).all()), list(found.tags.all())
        names = [row.speaker.name for row in rows]

    stored = kind.objects.with_details().get(pk=thing.pk)
    assert (found, tags, rows) == (stored, list(stored.tags.all()), list(getattr(stored, kind.people_rows).all()))
    assert names == [row.speaker.name for row in rows] == ["客", "司会"]
    assert [vars(row)["position"] for row in rows] == [0, 1]


def test_draft_is_no_live_thing():
    with pytest.raises(Http404):
        get_live_or_404(Episode, make_episode().pk)
