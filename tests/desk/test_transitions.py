import secrets
from datetime import timedelta

import pytest
from django.utils import timezone

from episodes.models import Episode
from interaxion.content.publishing.log import LogEntry
from interaxion.content.saving.transitions import transition
from tests.admin_forms import form_of
from tests.factories import make_editor, make_episode, make_host, make_speaker, make_user

pytestmark = pytest.mark.django_db
ADMIN = "/en/admin/episodes/episode/"
CLEAN = "".join(f"### {n}:00 話{n}\n\n本文です。\n\n" for n in range(3))


def make_ready(**fields):
    """An episode of which no check says anything."""
    player = {"player_provider": "spotify", "player_id": f"episode/{secrets.token_hex(11)}"}
    return make_episode(notes=CLEAN, speakers=(make_speaker(),), tags=("格子",), summary="要約。", **(player | fields))


def move(client, episode, to, **more):
    """Return the POST data of the step buttons on the loaded form of `episode`."""
    data = {"to": to, "version": episode.version, **more}
    return client.post(f"{ADMIN}{episode.pk}/change/transition/", data)


def move_all(client, action, *episodes, query="", follow=True, **more):
    """Return the POST data of a list action; without a confirmation it asks."""
    chosen = {"action": action, "_selected_action": [episode.pk for episode in episodes]}
    return client.post(ADMIN + query, chosen | more, follow=follow)


def confirmed(*episodes):
    """Return the POST data that the page with the question adds."""
    return {"is_confirmed": "1"} | {f"version-{episode.pk}": episode.version for episode in episodes}


def test_host_cannot_publish_by_any_route(client):
    host = make_host()
    client.force_login(host)
    episode = make_ready()
    form_url = f"{ADMIN}{episode.pk}/change/"
    page = client.get(form_url)

    assert b'value="published"' not in page.content
    assert move(client, episode, "published").status_code == 403
    assert move(client, episode, "published", is_confirmed="1").status_code == 403
    assert client.get(f"{form_url}transition/?to=published").status_code == 403
    client.post(ADMIN, {"action": "publish_selected", "_selected_action": [episode.pk]})
    data = form_of(page, "episode_form") | {
        "status": "published",
        "_then": "published",
        "publish_at_0": "2026-01-01",
        "publish_at_1": "00:00:00",
        "publish_at": "2026-01-01 00:00:00",
    }
    assert client.post(form_url, data).status_code == 302

    episode.refresh_from_db()
    assert episode.status == "draft"  # the date is a proposal
    assert not LogEntry.objects.exists()


def test_host_moves_between_draft_and_review(client):
    client.force_login(make_host())
    episode = make_ready()

    assert b">Send to review<" in client.get(f"{ADMIN}{episode.pk}/change/").content
    asked = move(client, episode, "review")
    assert asked.status_code == 200 and b'name="note"' in asked.content
    move(client, episode, "review", note="題だけ見てください")
    page = client.get(f"{ADMIN}{episode.pk}/change/").content
    assert b">Back to draft<" in page and b">Publish<" not in page
    assert "題だけ見てください" in page.decode()
    move(client, episode, "draft", note="")

    assert [(e.from_state, e.to_state) for e in LogEntry.objects.order_by("pk")] == [
        ("draft", "review"),
        ("review", "draft"),
    ]


def test_host_cannot_take_back_what_is_published(client):
    client.force_login(make_host())
    episode = make_ready(live=True)

    assert move(client, episode, "draft").status_code == 403
    assert move(client, episode, "trashed").status_code == 403
    episode.refresh_from_db()
    assert episode.is_live()


def test_editor_publishes_at_once_what_has_no_problems(client):
    client.force_login(make_editor())
    episode = make_ready(number="4")

    response = move(client, episode, "published")

    episode.refresh_from_db()
    assert response.status_code == 302
    assert episode.is_live() and episode.path == "/4"


def test_warnings_are_listed_and_asked_about_once(client):
    client.force_login(make_editor())
    episode = make_episode()

    asked = move(client, episode, "published")

    page = asked.content.decode()
    episode.refresh_from_db()
    assert asked.status_code == 200 and episode.status == "draft"
    assert "There is neither audio nor a player." in page and ">Publish<" in page
    assert move(client, episode, "published", is_confirmed="1", note="急ぎ").status_code == 302
    episode.refresh_from_db()
    assert episode.is_live()
    assert LogEntry.objects.get().note == "急ぎ"


def test_errors_block_even_when_confirmed(client):
    client.force_login(make_editor())
    player = {"player_provider": "spotify", "player_id": "episode/4rOoJ6Egrf8K2IrywzwOMk"}
    make_ready(**player)
    episode = make_ready(**player)

    page = move(client, episode, "published", is_confirmed="1").content.decode()

    episode.refresh_from_db()
    assert "The player is that of episode" in page and 'name="is_confirmed"' not in page
    assert episode.status == "draft"


def test_taken_address_is_said_and_not_an_internal_error(client):
    client.force_login(make_editor())
    make_episode(number="8", path="/9")
    episode = make_ready(number="9")

    response = move(client, episode, "published")

    assert response.status_code == 200
    assert "is already the address of" in response.content.decode()


def test_publish_on_a_changed_form_saves_first_and_asks_then(client):
    client.force_login(make_editor())
    episode = make_ready()
    url = f"{ADMIN}{episode.pk}/change/"
    data = form_of(client.get(url), "episode_form") | {"title": "直した題", "_continue": "1", "_then": "published"}

    response = client.post(url, data)

    episode.refresh_from_db()
    assert response["Location"] == f"{url}transition/?to=published&version=2"
    assert (episode.title, episode.status) == ("直した題", "draft")
    assert ">Publish<" in client.get(response["Location"]).content.decode()


def test_bulk_publish_asks_and_then_reports_each(client):
    client.force_login(make_editor())
    ready, warned = make_ready(title="できた話"), make_episode(title="まだの話")

    asked = move_all(client, "publish_selected", ready, warned).content.decode()

    assert not Episode.objects.live().exists()
    assert f'value="{ready.pk}" checked' in asked and f'value="{warned.pk}"> ' in asked
    assert "There is neither audio nor a player." in asked
    said = move_all(client, "publish_selected", ready, warned, **confirmed(ready, warned)).content.decode()
    assert {e.title: e.status for e in Episode.objects.all()} == {"できた話": "published", "まだの話": "published"}
    assert "できた話: Published" in said and said.count(">Undo<") == 1


def test_bulk_publish_leaves_what_has_errors(client):
    client.force_login(make_editor())
    player = {"player_provider": "spotify", "player_id": "episode/4rOoJ6Egrf8K2IrywzwOMk"}
    make_ready(**player)
    twin = make_ready(title="ふたつめ", **player)

    asked = move_all(client, "publish_selected", twin).content.decode()
    said = move_all(client, "publish_selected", twin, **confirmed(twin)).content.decode()

    assert 'type="checkbox" name="_selected_action"' not in asked
    assert "ふたつめ” stays as it is: The player is that of episode" in said
    assert not Episode.objects.live().exists()


def test_trash_takes_the_place_of_deleting(client):
    client.force_login(make_editor())
    episode = make_ready(title="捨てる話")

    client.post(ADMIN, {"action": "trash_selected", "_selected_action": [episode.pk]})

    assert list(client.get(ADMIN).context["cl"].result_list) == []
    assert list(client.get(ADMIN + "?state=trashed").context["cl"].result_list) == [episode]
    assert client.post(f"{ADMIN}{episode.pk}/delete/", {"post": "yes"}).status_code == 403
    page = client.get(f"{ADMIN}{episode.pk}/change/").content
    assert b">Restore<" in page and b">Save<" not in page
    client.post(ADMIN + "?state=trashed", {"action": "restore_selected", "_selected_action": [episode.pk]})
    episode.refresh_from_db()
    assert episode.state() == "draft"


def test_address_of_something_in_the_trash_stays_reserved(client):
    client.force_login(make_editor())
    trashed = make_ready(number="4", live=True)
    transition(trashed, to="trashed", user=None)
    other = make_ready(number="5")
    url = f"{ADMIN}{other.pk}/change/"

    page = client.post(url, form_of(client.get(url), "episode_form") | {"path": "/4"})

    assert "is already the address of" in page.content.decode()
    move(client, trashed, "draft")
    trashed.refresh_from_db()
    assert trashed.path == "/4"


def test_schedule_is_said_with_zone_and_distance(client):
    client.force_login(make_editor())
    episode = make_ready(number="4")
    url = f"{ADMIN}{episode.pk}/change/"
    at = timezone.localtime(timezone.now() + timedelta(hours=3))
    data = form_of(client.get(url), "episode_form") | {"publish_at": f"{at:%Y-%m-%dT%H:%M:%S}"}
    assert "/4 will be public at once." in client.get(f"{url}transition/?to=published").content.decode()
    assert client.post(url, data).status_code == 302
    asked = client.get(f"{url}transition/?to=published").content.decode()
    assert f"Date of publishing: {at:%Y-%m-%d %H:%M} JST, in 3 hours." in asked

    sent = {"to": "published", "version": "2", "is_confirmed": "1", "note": ""}
    page = client.post(f"{url}transition/", sent, follow=True).content.decode()

    said = f"Scheduled: {at:%Y-%m-%d %H:%M} JST, in 3 hours"
    assert page.count(said) == 2, "in the message and on the bar"
    assert said in client.get(ADMIN).content.decode()


def test_deleting_for_good_is_a_superusers_and_out_of_the_trash(client):
    client.force_login(make_user(is_superuser=True))
    episode = make_ready()

    assert client.post(f"{ADMIN}{episode.pk}/delete/", {"post": "yes"}).status_code == 403
    transition(episode, to="trashed", user=None)
    assert client.post(f"{ADMIN}{episode.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Episode.objects.exists()


def test_unknown_step_is_refused(client):
    client.force_login(make_editor())

    assert move(client, make_ready(), "vanished").status_code == 400


@pytest.mark.parametrize(
    ("state", "title"),
    [
        ("draft", "草稿"),
        ("review", "確認"),
        ("scheduled", "未来"),
        ("live", "公開"),
        ("ended", "過去"),
        ("trashed", "屑籠"),
    ],
)
def test_list_filters_by_state(client, state, title):
    client.force_login(make_editor())
    now = timezone.now()
    make_ready(title="草稿")
    transition(make_ready(title="確認"), to="review", user=None)
    make_ready(title="未来", publish_at=now + timedelta(days=1))
    make_ready(title="公開", live=True)
    make_ready(title="過去", unpublish_at=now - timedelta(hours=1), publish_at=now - timedelta(days=1))
    transition(make_ready(title="屑籠"), to="trashed", user=None)

    page = client.get(f"{ADMIN}?state={state}").context["cl"].result_list

    assert [episode.title for episode in page] == [title]
    assert [episode.state() for episode in page] == [state]


def test_history_lists_revisions_and_log(client):
    client.force_login(make_editor(name="editor"))
    episode = make_ready()
    move(client, episode, "review", note="見てください")

    page = client.get(f"{ADMIN}{episode.pk}/history/").content.decode()

    assert "見てください" in page and "editor" in page and "a command" in page


@pytest.mark.postgres
def test_note_keeps_nothing_that_no_database_takes(client):
    client.force_login(make_host())

    move(client, make_ready(), "review", note="見て\0ください\x01")

    assert LogEntry.objects.get().note == "見てください"
