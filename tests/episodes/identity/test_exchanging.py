import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from episodes.identity.exchanging import exchange
from episodes.models import Episode
from interaxion.content import paths
from tests.factories import make_editor, make_episode, make_host

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
LIST = "/en/admin/episodes/episode/"


@pytest.fixture
def pair():
    return make_episode(number="5", title="一", live=True), make_episode(number="6", title="二", live=True)


def addresses(episode):
    return {row.path: row.is_current for row in paths.paths_of(episode)}


def ask(client, *episodes, **more):
    data = {"action": "exchange_selected", "_selected_action": [episode.pk for episode in episodes], **more}
    return client.post(LIST, data, follow=True)


def test_numbers_are_exchanged_with_their_addresses(client, pair):
    first, second = pair
    guids = first.guid, second.guid

    exchange(first, second, user=None)

    first.refresh_from_db()
    second.refresh_from_db()
    assert [(str(e), e.path, e.version) for e in pair] == [("6: 一", "/6", 2), ("5: 二", "/5", 2)]
    assert (first.guid, second.guid) == tuple(map(str, guids))
    assert addresses(first) == {"/6": True, "/6-draft": False}
    assert addresses(second) == {"/5": True, "/5-draft": False}
    assert "二" in client.get("/5").content.decode()
    assert client.get("/6/chapters.json").json()["title"] == "6: 一"


def test_addresses_alone_are_exchanged_where_the_numbers_are_right(pair):
    first, second = pair
    Episode.objects.filter(pk=second.pk).update(number=7)
    Episode.objects.filter(pk=first.pk).update(number=6)
    Episode.objects.filter(pk=second.pk).update(number=5)

    exchange(first, second, user=None, with_numbers=False)

    assert [(e.number, e.path) for e in Episode.objects.order_by("number")] == [(5, "/5"), (6, "/6")]


def test_draft_exchanges_with_something_live(client, pair):
    live = pair[1]
    draft = make_episode(number="7", title="稿")

    exchange(draft, live, user=None)

    assert addresses(draft) == {"/6": False, "/6-draft": True}
    assert addresses(live) == {"/7": True, "/7-draft": False}
    assert [client.get(path).status_code for path in ("/6", "/6-draft", "/7", "/7-draft")] == [404, 404, 200, 301]


def test_episode_without_a_number_exchanges_nothing(pair):
    with pytest.raises(ValidationError):
        exchange(pair[0], make_episode(number=None), user=None)

    assert pair[0].path == "/5"


def test_host_exchanges_nothing_that_is_live(client, pair):
    host = make_host()

    with pytest.raises(PermissionDenied):
        exchange(*pair, user=host)
    client.force_login(host)
    ask(client, *pair, what="both")

    assert list(Episode.objects.order_by("number").values_list("title", flat=True)) == ["一", "二"]


def test_exchange_asks_first(client, pair):
    client.force_login(make_editor())

    page = ask(client, *pair)
    assert "Links and bookmarks of /5 lead to what is at /6 now" in page.content.decode()
    assert Episode.objects.get(title="一").number == 5
    ask(client, *pair, what="both")

    assert Episode.objects.get(title="一").number == 6


def test_exchange_is_of_two(client, pair):
    client.force_login(make_editor())

    assert "Tick two episodes" in ask(client, pair[0]).content.decode()
