import re
from datetime import UTC, datetime

import pytest

from episodes.models import Episode
from interaxion.content.publishing.log import LogEntry
from interaxion.content.saving.transitions import transition
from tests.admin_forms import form_of
from tests.factories import make_editor, make_episode, make_host, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

LIST = "/en/admin/episodes/episode/"
HUGE = "9" * 30
FORGED = [
    "episodes/episode/?speakers=" + HUGE,
    "episodes/episode/?id__in=1,2," + HUGE,
    "episodes/episode/?publish_at__year=-1",
    "episodes/episode/?publish_at__year=" + HUGE,
    "posts/post/?category=" + HUGE,
    "auth/user/?date_joined__year=-1",
    "content/work/?kind=%00",
]
SOUND = ["?o=-1", "?o=2.99.x", "?p=" + HUGE, "?p=x", "?e=1", "?q=%00", "?publish_at__year=2026", "?x=1", "?id=x"]


@pytest.mark.parametrize("address", FORGED)
def test_query_of_a_list_without_an_answer_is_no_failure(client, address):
    make_episode(live=True)
    client.force_login(make_user(is_superuser=True))

    assert client.get(f"/admin/{address}").status_code in {200, 302, 400}  # by database


@pytest.mark.parametrize("lookup", ["title__regex", "title__iregex", "category__name__regex"])
def test_no_list_is_filtered_by_a_regular_expression(client, lookup):
    client.force_login(make_editor())

    assert client.get(f"/admin/posts/post/?{lookup}=a").status_code == 400


@pytest.mark.parametrize("query", SOUND)
def test_other_queries_are_answered(client, query):
    make_episode(live=True)
    client.force_login(make_editor())

    assert client.get(f"/admin/episodes/episode/{query}", follow=True).status_code == 200


def test_list_of_revisions_is_sorted_by_every_column_that_offers_it(client):
    make_episode(live=True)
    client.force_login(make_editor())
    page = client.get("/admin/content/revision/").content.decode()

    orders = {*re.findall(r'href="(\?o=[^"]+)"', page)}

    assert len(orders) == 5
    assert {client.get(f"/admin/content/revision/{order}").status_code for order in orders} == {200}


def test_number_and_dates_of_what_is_only_read_are_written_as_everywhere(client):
    episode = make_episode(number="9", live=True, publish_at=datetime(2026, 3, 12, 22, tzinfo=UTC))
    transition(episode, to="trashed", user=None, is_confirmed=True)
    client.force_login(make_host())

    page = client.get(f"/admin/episodes/episode/{episode.pk}/change/", follow=True).content.decode()

    assert "9.00" not in page
    assert "2026-03-13 07:00" in page


def test_host_hands_over_several_drafts_at_once_and_takes_them_back(client):
    drafts = [make_episode(), make_episode()]
    live = make_episode(live=True)
    client.force_login(make_host())
    chosen = {"_selected_action": [thing.pk for thing in (*drafts, live)], "is_confirmed": "1"}

    client.post(LIST, {"action": "review_selected", **chosen})
    assert [thing.status for thing in Episode.objects.order_by("pk")] == ["review", "review", "published"]

    client.post(LIST, {"action": "withdraw_selected", **chosen})
    assert [thing.status for thing in Episode.objects.order_by("pk")] == ["draft", "draft", "published"]
    client.post(LIST, {"action": "publish_selected", **chosen})
    assert Episode.objects.live().count() == 1


def test_host_proposes_the_date_of_a_draft_and_an_editor_sees_it(client):
    draft = make_episode()
    host, url = make_host(), f"{LIST}{draft.pk}/change/"
    client.force_login(host)
    page = client.get(url)
    assert "A proposal: an editor publishes it." in page.content.decode()

    client.post(url, form_of(page, "episode_form") | {"publish_at": "2099-03-13T07:00:00"})
    transition(Episode.objects.get(), to="review", user=host)

    client.force_login(make_editor())
    assert "for 2099-03-13 07:00 JST" in client.get("/en/admin/").content.decode()
    assert not Episode.objects.live().exists()
    transition(Episode.objects.get(), to="published", user=None)
    client.force_login(host)
    assert 'name="publish_at"' not in client.get(url).content.decode(), "the date of what is published is the editor's"


def test_search_of_a_list_stays_in_the_list(client):
    client.force_login(make_host())

    page = client.get(LIST).content.decode()

    assert 'id="changelist-search"' in page and "/admin/search/" not in page


def test_records_are_filtered_by_kind_in_the_language_of_the_interface(client):
    make_episode(live=True)
    client.force_login(make_host())

    page = client.get("/admin/content/logentry/").content.decode()

    assert "content type" not in page and "?content_type__id__exact=" in page


def test_log_and_revisions_speak_the_language_of_the_interface(client):
    episode = make_episode(live=True)
    LogEntry.objects.update(note="import")
    purged = {"target": episode, "title": "氷", "from_state": "trashed", "to_state": "purged"}
    LogEntry.objects.create(**purged)
    client.force_login(make_host())

    log, revisions = (client.get(f"/admin/content/{name}/").content.decode() for name in ("logentry", "revision"))

    assert ">取り込み</td>" in log and "完全に削除" in log and ">公開</td>" in log
    assert not re.search(">(?:draft|live|trashed|purged|import)<", log)
    assert "対象" in revisions and "target" not in revisions.lower()
    assert ">氷<" in client.get("/admin/content/logentry/?to=purged").content.decode()
