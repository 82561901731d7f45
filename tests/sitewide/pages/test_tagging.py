"""Tags of all live content: weights, and related tags."""

from datetime import timedelta

import pytest
from django.utils import timezone

from interaxion.content.tags import Tag, TaggedItem
from interaxion.sitewide.pages.tagging import count_live_uses, find_most_used_tags, find_related_tags, weigh_tags
from tests.factories import make_chapter, make_course, make_episode, make_post
from tests.html_pages import html_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def weighed(part=slice(0, 200)):
    return weigh_tags(count_live_uses(), part)


def test_tags_are_counted_over_all_kinds_of_what_is_live():
    make_episode(tags=("光", "音"), live=True)
    make_post(tags=("光",), live=True)
    make_chapter(course=make_course(live=True), tags=("光",), live=True)
    make_chapter(course=make_course(slug="hidden"), tags=("光",), live=True)
    make_post(tags=("光", "影"))

    assert [(tag.name, tag.uses) for tag in weighed()] == [("光", 3), ("音", 1)]


def test_weights_follow_the_share_of_tags_that_are_used_less():
    once = tuple(f"一{n}" for n in range(10))
    twice = tuple(f"二{n}" for n in range(6))
    for tags in ((*once, *twice, "三", "四"), (*twice, "三", "四"), ("三", "四"), ("四",)):
        make_post(tags=tags, live=True)

    assert {tag.name[0]: tag.weight for tag in weighed()} == {"一": 1, "二": 2, "三": 3, "四": 3}


def test_the_heaviest_are_few():
    for n in range(20):
        make_post(tags=(f"札{n}", *(["光"] if n < 2 else [])), live=True)

    assert [tag.name for tag in weighed() if tag.weight == 4] == ["光"]


def test_tags_used_alike_weigh_alike():
    make_post(tags=("一", "二", "三"), live=True)

    assert {tag.weight for tag in weighed()} == {1}


def test_tags_used_alike_stand_in_reading_order():
    make_post(tags=("量子", "SF", "ろうそく", "カメラ"), live=True)

    assert [tag.name for tag in weighed()] == ["カメラ", "ろうそく", "SF", "量子"]


def test_parts_of_the_list_of_tags_join():
    for tags in (("量子", "SF", "光"), ("ろうそく", "光"), ("カメラ", "光"), ("SF",)):
        make_post(tags=tags, live=True)

    parts = [[(tag.name, tag.weight) for tag in weighed(slice(at, at + 2))] for at in (0, 2, 4)]

    assert [name for part in parts for name, _weight in part] == ["光", "SF", "カメラ", "ろうそく", "量子"]
    assert [each for part in parts for each in part] == [(tag.name, tag.weight) for tag in weighed()]


def test_related_tags_share_live_things():
    make_episode(tags=("光", "音", "熱"), live=True)
    make_post(tags=("光", "熱"), live=True)
    make_post(tags=("光", "影"))
    make_post(tags=("音", "風"), live=True)

    related = find_related_tags(Tag.objects.get(name="光"))

    assert [(tag.name, tag.uses) for tag in related] == [("熱", 2), ("音", 1)]


def test_tags_beside_a_common_one_are_those_of_its_newest_things():
    for days, tag in ((1, "熱"), (2, "音")):
        make_episode(tags=("光", tag), publish_at=timezone.now() - timedelta(days=days))
    light = Tag.objects.get(name="光")

    beside = dict(TaggedItem.objects.count_live(light, timezone.now(), newest=1))

    assert beside == {light.pk: 1, Tag.objects.get(name="熱").pk: 1}


def test_pages_of_tags_show_weights_and_related(client):
    make_episode(tags=("光", "音"), live=True)

    assert 'class="weight-1"' in html_of(client.get("/tags/"))
    html = html_of(client.get("/en/tags/光/"))
    assert "Related tags" in html
    assert '<a href="/en/tags/%E9%9F%B3/" rel="tag">音</a>' in html


@pytest.mark.parametrize("most", [1, 2, 3, 9])
def test_most_used_tags_are_those_of_a_count_of_all(most):
    for tags in (("光", "波", "場"), ("光", "波", "場"), ("光", "熱"), ("核", "磁")):
        make_post(tags=tags, live=True)
    for _each in range(4):
        make_post(tags=("場", "熱", "隠"))

    expected = sorted(count_live_uses().items(), key=lambda each: -each[1])[:most]
    found = find_most_used_tags(most)

    assert [tag.uses for tag in found] == [uses for _tag, uses in expected]
    assert all(tag.uses == count_live_uses()[tag.pk] for tag in found)
    assert [tag.name for tag in found[:3]] == ["光", "場", "波"][:most]
