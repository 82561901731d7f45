"""Relations that come in the query of what they belong to: the same things as without, and no further question."""

from decimal import Decimal

import pytest

from courses.models import Chapter, Course
from episodes.models import Episode
from posts.models import Post
from tests.factories import make_chapter, make_course, make_episode, make_post, make_speaker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

SAID = ("pk", "name", "slug", "reading", "aliases", "image", "links")
NAME = '話す"人" \\ 100% {}\''


def values_of(thing, *names):
    return {name: getattr(thing, name) for name in names}


def test_what_is_nested_is_what_the_relation_holds(django_assert_num_queries):
    guest = make_speaker(name=NAME, reading="はなすひと", aliases=["X", "別の名"], links=["https://x.com/a?b=1&c=2"])
    host = make_speaker(name="司会")
    pk = make_episode(speakers=(host, guest), tags=("超伝導", NAME, "光"), live=True).pk
    make_episode(speakers=(host,), tags=("光",), live=True)

    with django_assert_num_queries(1):
        [episode] = Episode.objects.with_details().filter(pk=pk)
        people, tags = list(episode.appearances.all()), list(episode.tags.all())
        nested = [values_of(each.speaker, *SAID) for each in people]
        roles = [values_of(each, "pk", "role", "position", "episode", "speaker_id") for each in people]
        paths = [each.speaker.get_absolute_url() for each in people] + [tag.get_absolute_url() for tag in tags]

    plain = Episode.objects.get(pk=pk)
    asked = list(plain.appearances.all())
    assert nested == [values_of(each.speaker, *SAID) for each in asked]
    assert roles == [values_of(each, "pk", "role", "position", "episode", "speaker_id") for each in asked]
    assert paths == [each.speaker.get_absolute_url() for each in asked] + [
        tag.get_absolute_url() for tag in plain.tags.order_by("items__pk")
    ]
    assert [tag.name for tag in tags] == ["超伝導", NAME, "光"]


def test_what_nobody_nested_is_read_when_it_is_asked_for(django_assert_num_queries):
    make_episode(speakers=(make_speaker(bio="**研究者**"),), live=True)
    [appearance] = Episode.objects.with_details().get().appearances.all()

    with django_assert_num_queries(1):
        assert appearance.speaker.bio == "**研究者**"


def test_a_thing_without_people_and_tags_has_none(django_assert_num_queries):
    make_episode(live=True)
    make_post(live=True)
    make_chapter(course=make_course(live=True), live=True)

    with django_assert_num_queries(4):
        things = [kind.objects.with_details().get() for kind in (Episode, Post, Chapter, Course)]
        assert [list(thing.tags.all()) for thing in things] == [[], [], [], []]
        assert [list(each) for each in (things[0].appearances.all(), things[1].authorships.all())] == [[], []]


def test_nested_relations_are_in_nobodys_way():
    """A list is counted, cut into pages, and narrowed with them as without."""
    light = make_episode(speakers=(make_speaker(),), tags=("光",), live=True)
    make_episode(live=True)
    listed = Episode.objects.live().with_details()

    assert (listed.count(), listed.exists(), len(listed[1:])) == (2, True, 1)
    assert list(listed.filter(tags__name="光").distinct()) == [light]
    assert list(Episode.objects.filter(pk__in=listed.filter(tags__name="光").values("pk"))) == [light]
    assert list(listed.values_list("pk", flat=True).order_by("pk")) == [light.pk, light.pk + 1]


def test_neighbours_come_with_a_thing(django_assert_num_queries):
    first, middle, last = (make_episode(number=number, live=True) for number in ("19", "19.5", "100.25"))
    make_episode(number="20")  # a draft
    live = Episode.objects.live()

    with django_assert_num_queries(1):
        episode = live.with_neighbours(live, "id", "number", "title", "path").get(pk=middle.pk)
        older, newer = live.neighbours(episode)
        assert (older, newer) == (first, last)
        assert [older.number, newer.number] == [Decimal("19"), Decimal("100.25")]
        assert [older.number_label, newer.path] == ["19", "/100-25"]

    assert live.neighbours(middle) == (first, last)
    instants = ("publish_at", "unpublish_at", "stored_at")
    brought, _newer = live.neighbours(live.with_neighbours(live, "id", *instants).get(pk=middle.pk))
    first.refresh_from_db()
    with django_assert_num_queries(0):
        assert values_of(brought, *instants) == values_of(first, *instants)

    ends = [live.with_neighbours(live, "id").get(pk=pk) for pk in (first.pk, last.pk)]
    assert [live.neighbours(end) for end in ends] == [(None, middle), (middle, None)]
