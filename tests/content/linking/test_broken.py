from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group

from episodes.models import Episode
from interaxion.content.linking.broken import find_broken
from interaxion.content.linking.health import LinkStatus
from interaxion.content.publishing.publishable import kinds
from interaxion.content.saving.transitions import transition
from posts.models import Post
from tests.factories import make_editor, make_episode, make_host, make_post, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

URL = "https://a.example/x"
DAY = datetime(2026, 3, 4, tzinfo=UTC)


def die(url=URL):
    LinkStatus.objects.create(url=url, state="dead", gone_since=DAY, checked_at=DAY, failures=2)


def test_dead_link_is_listed_with_each_page_once():
    post = make_post(
        body=f"[一]({URL}) [二]({URL}#part) [三]({URL}/longer)\n", publish_at=datetime(2025, 1, 2, tzinfo=UTC)
    )
    episode = make_episode(notes=f"### 0:00 一\n\n[一]({URL})\n")
    make_post(body=f"[一]({URL}/longer)\n")
    transition(make_post(body=f"[一]({URL})\n"), to="trashed", user=None)
    die()

    (entry,) = find_broken(list(kinds()), most=10)

    assert {(place["title"], place["object_id"]) for place in entry["places"]} == {
        (str(post), post.pk),
        (str(episode), episode.pk),
    }
    assert entry["archive"] == f"https://web.archive.org/web/20250102/{URL}"


def test_dead_link_is_found_however_it_is_spelled():
    post = make_post(body='<a href="http://b.example/wiki/銅?utm_source=x">銅</a>\n')
    die("http://b.example/wiki/%E9%8A%85?utm_source=x")

    (entry,) = find_broken([Post], most=10)

    assert [place["object_id"] for place in entry["places"]] == [post.pk]


def test_dead_link_of_what_one_may_not_see_is_not_listed():
    make_post(body=f"[一]({URL})\n")
    die()

    assert find_broken([Episode], most=10) == []
    assert len(find_broken([Post], most=10)) == 1


def test_site_without_dead_links_asks_once(django_assert_num_queries):
    make_post(body=f"[一]({URL})\n")

    with django_assert_num_queries(1):
        assert find_broken([Post], most=10) == []


@pytest.mark.parametrize(
    ("make", "sees", "replaces"),
    [
        (make_editor, True, True),
        (make_host, True, False),
        (lambda: make_user(group=Group.objects.create(name="none").name), False, False),
    ],
)
def test_front_page_lists_dead_links_with_what_can_be_done(client, make, sees, replaces):
    client.force_login(make())
    post = make_post(body=f"[一]({URL}?a=1&b=2)\n")
    die(f"{URL}?a=1&b=2")

    page = client.get("/en/admin/").content.decode()

    assert (f'href="/en/admin/posts/post/{post.pk}/change/"' in page) is sees
    assert (f"https://web.archive.org/web/20260304/{URL}" in page) is sees
    assert ("links/replace/?old=https%3A%2F%2Fa.example%2Fx%3Fa%3D1%26b%3D2" in page) is replaces
