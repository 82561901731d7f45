import pytest

from interaxion.content.publishing.desk_settings import DeskSettings
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from tests.admin_forms import form_of
from tests.factories import make_episode, make_host

pytestmark = pytest.mark.django_db
SCRIPT = {"X-Desk-Script": "save"}


@pytest.fixture
def desk(client):
    client.force_login(make_host(name="host"))
    episode = make_episode(number="7")
    address = f"/en/admin/episodes/episode/{episode.pk}/change/"
    return address, form_of(client.get(address), "episode_form") | {"_continue": "1"}, episode


def test_saved_form_answers_with_where_to_go_and_its_message_waits_there(client, desk):
    address, data, episode = desk

    answer = client.post(address, data | {"title": "新しい題"}, headers=SCRIPT)

    episode.refresh_from_db()
    assert answer.json() == {"location": address, "version": episode.version} and episode.title == "新しい題"
    assert "changed successfully" in client.get(address).content.decode()


def test_refused_form_answers_with_its_fields(client, desk):
    address, data, _episode = desk

    answer = client.post(
        address, data | {"title": "", "sections-1-starts_at": "いつか", "player": "<p>"}, headers=SCRIPT
    )

    assert answer.status_code == 422
    assert answer.json()["errors"].keys() >= {"id_title", "id_player", "id_sections-1-starts_at"}
    assert answer.json()["errors"]["id_title"] == ["This field is required."]
    assert "is no time" in answer.json()["errors"]["id_sections-1-starts_at"][0]


def test_stale_form_is_asked_about_by_the_page(client, desk):
    address, data, episode = desk
    episode.title = "他の人の題"
    store(episode, user=None)

    answer = client.post(address, data | {"title": "私の題"}, headers=SCRIPT)

    assert answer.json() == {"page": True}
    episode.refresh_from_db()
    assert episode.title == "他の人の題"


def test_refused_suggestion_is_shown_by_the_page(client, desk):
    address, data, episode = desk
    transition(episode, to="published", user=None)
    DeskSettings.objects.update_or_create(pk=1, defaults={"hosts_may_edit_published": False})

    answer = client.post(address, data | {"title": ""}, headers=SCRIPT)

    assert answer.json() == {"page": True}


def test_browser_itself_gets_pages(client, desk):
    address, data, _episode = desk

    assert client.post(address, data).status_code == 302
    assert "text/html" in client.post(address, data | {"title": ""})["Content-Type"]
