"""The show of the benchmarks: the same every time, in the proportions of a real one."""

import re
from collections import Counter
from statistics import mean

import pytest

from episodes.models import Episode
from interaxion.content.linking.works import Work
from posts.models import Post
from tests.benchmarks.sites.addresses import addresses
from tests.benchmarks.sites.filling import fill
from tests.benchmarks.sites.links import ALWAYS
from tests.benchmarks.sites.shows import LONG, plan_episode, plan_post

LINK = re.compile(r"\]\(([^)]+)\)")


def test_episode_is_the_same_every_time():
    assert plan_episode(7) == plan_episode(7)
    assert plan_post(2) == plan_post(2)
    assert plan_episode(7) != plan_episode(7, seed=1)
    assert plan_episode(7).notes != plan_episode(8).notes


def test_show_has_the_proportions_of_a_real_one():
    episodes = [plan_episode(number) for number in range(1, 79)]
    links = [LINK.findall(episode.notes) for episode in episodes]
    used = Counter(address for each in links for address in set(each))
    tags = Counter(tag for episode in episodes for tag in episode.tags)

    assert 50 < mean(map(len, links)) < 60
    assert 7_000 < mean(len(episode.notes) for episode in episodes) < 9_000
    assert 8 <= mean(episode.notes.count("### ") for episode in episodes) <= 12
    assert {address for address, times in used.items() if times == 78} == {address for _text, address in ALWAYS}
    assert 30 < sum(1 < times < 78 for times in used.values()) < 150
    assert tags.most_common(1)[0][1] > 10
    assert len(plan_episode(LONG).notes) == pytest.approx(18_900, rel=0.02)


def test_links_go_back_to_earlier_episodes_only():
    for number in (1, 2, 50):
        own = [int(path[1:]) for path in LINK.findall(plan_episode(number).notes) if path.startswith("/")]

        assert all(earlier < number for earlier in own)


@pytest.mark.django_db
def test_show_is_stored_grows_and_has_addresses_that_answer(client):
    fill(2)
    first = Episode.objects.get(number=1)
    fill(5)

    assert [int(each.number) for each in Episode.objects.live().order_by("number")] == [1, 2, 3, 4, 5]
    assert Episode.objects.get(number=1).version == first.version
    assert first.text
    assert Post.objects.live().count() == 1
    assert Work.objects.count() > 100
    pages = addresses()
    assert {"episodes", "posts", "tags", "speakers", "works", "chapters", "search"} <= set(pages)
    for kind, paths in pages.items():
        assert client.get(paths[-1]).status_code == 200, kind
