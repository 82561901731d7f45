"""The inbox of letters: read by the team, moved by them, never rewritten."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from episodes.models import Letter
from interaxion.content.saving.transitions import transition
from tests.factories import make_editor, make_episode, make_host, make_letter

pytestmark = pytest.mark.django_db

INBOX = "/en/admin/episodes/letter/"


@pytest.fixture
def host(client):
    host = make_host()
    client.force_login(host)
    return host


def form_of(letter):
    return f"{INBOX}{letter.pk}/change/"


def act(client, action, *letters, **fields):
    data = {"action": action, "_selected_action": [letter.pk for letter in letters]}
    return client.post(INBOX, data | fields, follow=True)


def test_inbox_lists_the_newest_first_and_says_how_many_are_new(client, host):
    first, second = make_letter(body="一通め"), make_letter(body="二通め")
    make_letter(body="よけた", state="aside")

    page = client.get(INBOX + "?state__exact=new")

    assert [*page.context["cl"].result_list] == [second, first]
    assert "Letters: 2 new ones" in page.content.decode()


def test_inbox_is_searched_by_text_and_name(client, host):
    wanted = make_letter(body="磁石の話")
    make_letter(body="ほかの話")

    assert [*client.get(INBOX + "?q=磁石").context["cl"].result_list] == [wanted]


def test_words_of_a_letter_cannot_be_changed(client, host):
    letter = make_letter(body="もとの文", name="もとの名")
    episode = make_episode()

    response = client.post(
        form_of(letter),
        {"body": "ちがう文", "name": "ちがう名", "about": episode.pk, "state": "kept", "read_in": episode.pk},
    )

    letter.refresh_from_db()
    assert response.status_code == 302
    assert (letter.body, letter.name, letter.about) == ("もとの文", "もとの名", None)
    assert (letter.state, letter.read_in, letter.handled_by) == ("kept", episode, host) and letter.handled_at


def test_letter_shows_its_lines_and_no_markup_of_the_writer(client, host):
    page = client.get(form_of(make_letter(body="一行め\n<b>二行め</b>"))).content.decode()

    assert "一行め<br>&lt;b&gt;二行め&lt;/b&gt;" in page


def test_letter_that_was_read_names_the_episode(client, host):
    letter = make_letter()

    response = client.post(form_of(letter), {"state": "read", "read_in": ""})

    assert response.status_code == 200 and "Say in which episode it was read." in response.content.decode()


def test_saving_without_a_change_names_nobody(client, host):
    letter = make_letter()

    client.post(form_of(letter), {"state": "new", "read_in": ""})

    letter.refresh_from_db()
    assert letter.handled_by is None and letter.handled_at is None


@pytest.mark.parametrize(("action", "state"), [("keep_selected", "kept"), ("read_selected", "read")])
def test_many_letters_go_to_one_episode(client, host, action, state):
    letters, episode = [make_letter(), make_letter()], make_episode(number="58", title="つぎの回")
    other = make_letter()

    asked = act(client, action, *letters)
    assert "58: つぎの回" in asked.content.decode()
    assert set(Letter.objects.values_list("state", flat=True)) == {"new"}
    done = act(client, action, *letters, episode=episode.pk)

    assert "2 letters" in done.content.decode()
    assert [(each.state, each.read_in, each.handled_by) for each in episode.letters.all()] == [
        (state, episode, host)
    ] * 2
    other.refresh_from_db()
    assert other.state == "new"
    assert LogEntry.objects.filter(user=host, object_id__in=[letter.pk for letter in letters]).count() == 2


def test_trashed_episode_is_no_choice(client, host):
    episode = make_episode(title="すてた回")
    transition(episode, to="trashed", user=None)

    assert "すてた回" not in client.get(form_of(make_letter())).content.decode()


def test_many_letters_are_put_aside_and_taken_back(client, host):
    letters = [make_letter(), make_letter(state="kept", read_in=make_episode())]

    act(client, "put_aside_selected", *letters)
    assert set(Letter.objects.values_list("state", "read_in", "handled_by")) == {("aside", None, host.pk)}
    act(client, "renew_selected", *letters)

    assert set(Letter.objects.values_list("state", flat=True)) == {"new"}


def test_only_editors_delete(client, host):
    letter = make_letter()

    assert "delete_selected" not in client.get(INBOX).content.decode()
    act(client, "delete_selected", letter, post="yes")
    assert Letter.objects.exists()
    client.force_login(make_editor())
    act(client, "delete_selected", letter, post="yes")

    assert not Letter.objects.exists()


def test_form_of_an_episode_lists_its_letters(client, host):
    episode = make_episode()
    make_letter(body="この回のための一通", state="kept", read_in=episode)
    make_letter(body="ほかの一通")

    page = client.get(f"/en/admin/episodes/episode/{episode.pk}/change/").content.decode()

    assert "この回のための一通" in page and "ほかの一通" not in page


def test_letter_outlives_its_episode():
    episode = make_episode()
    letter = make_letter(about=episode, read_in=episode, state="read")

    episode.delete()

    letter.refresh_from_db()
    assert (letter.about, letter.read_in, letter.state) == (None, None, "read")


def test_inbox_asks_as_often_for_many_letters_as_for_few(client, host):
    def fill():
        make_letter(about=make_episode(), read_in=make_episode(), state="kept")

    fill()
    client.get(INBOX)
    with CaptureQueriesContext(connection) as few:
        client.get(INBOX)
    fill()
    fill()

    with CaptureQueriesContext(connection) as many:
        client.get(INBOX)

    assert len(many) == len(few)
    assert not [query for query in many.captured_queries if '"outline"' in query["sql"]]
