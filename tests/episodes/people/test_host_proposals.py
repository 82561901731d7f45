"""No import says who is a host: the desk proposes, a person decides and can take it back."""

import re

import pytest

from episodes.desk.appearance_forms import propose_hosts as rows_of_new_episode
from episodes.models import Appearance, Episode
from episodes.people.host_proposals import count_episodes, mark_as_hosts, propose_hosts
from interaxion.content.changes.changes import Change
from interaxion.content.changes.taking_back import take_back
from interaxion.content.importing.imported import ImportedFile
from interaxion.content.importing.saving import is_edited
from interaxion.content.publishing.revisions import Revision
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.saving.storing import note_edit
from interaxion.content.saving.transitions import transition
from tests.admin_forms import form_of
from tests.factories import make_editor, make_episode, make_host, make_speaker

pytestmark = pytest.mark.django_db
HOSTS = "/en/admin/episodes/speaker/hosts/"


@pytest.fixture
def people():
    """岡 speaks in three episodes without a role, 灘 in one; 湊 is a guest in one. 隠 spoke in the trash only."""
    oka, nada, minato, gone = (make_speaker(name=name) for name in ("岡", "灘", "湊", "隠"))
    for others in ((nada,), (minato,), ()):
        make_episode(speakers=(oka, *others), live=True)
    trashed = make_episode(speakers=(gone,))
    Appearance.objects.update(role="")
    minato.appearances.update(role="guest")
    for episode in Episode.objects.all():
        note_edit(episode, user=None, note="roles as after an import")
    transition(trashed, to="trashed", user=None)
    return oka, nada, minato


def mark(client, *speakers):
    """Choose these people on the page. Return the page after it, and where its *Undo* posts to."""
    html = client.post(HOSTS, {"hosts": [who.pk for who in speakers]}, follow=True).content.decode()
    return html, re.search(r'formaction="([^"]+)">Undo', html)[1]


def roles() -> list[tuple[str, str]]:
    return list(Appearance.objects.order_by("pk").values_list("speaker__name", "role"))


def test_proposal_says_how_often_each_speaks(people):
    proposals = [(each.speaker.name, each.episodes, each.unsaid, each.is_regular) for each in propose_hosts()]

    assert proposals == [("岡", 3, 3, True), ("灘", 1, 1, False)]
    assert count_episodes() == 3


def test_marking_sets_host_where_no_role_is_set_and_can_be_undone(people):
    oka, _nada, minato = people
    before, pages = roles(), SiteState.current().version

    count, change = mark_as_hosts([oka, minato], user=None)

    assert roles() == [(name, "host" if name == "岡" else role) for name, role in before]
    assert SiteState.current().version > pages
    assert count == len(take_back(change, user=None)) == 3
    assert roles() == before


def test_undo_leaves_roles_that_were_changed_since(people):
    _count, change = mark_as_hosts([people[0]], user=None)
    edited = Appearance.objects.filter(role="host").first()
    Appearance.objects.filter(pk=edited.pk).update(role="guest")

    assert [bool(plan.kept) for plan in take_back(change, user=None)] == [True, False, False]
    assert Appearance.objects.get(pk=edited.pk).role == "guest"


def test_new_episode_begins_with_who_often_speaks_where_no_role_is_said(people):
    oka = people[0]
    last = make_episode(speakers=(oka, make_speaker(name="初")))
    last.appearances.update(role="")

    assert rows_of_new_episode(last) == [{"speaker": oka.pk, "role": "", "position": 1}]


def test_page_lists_asks_writes_and_undoes(client, people):
    client.force_login(make_editor())
    before = roles()

    html = client.get(HOSTS).content.decode()

    assert "in 3 of 3 episodes, 3 without a role" in html
    assert re.findall(r'name="hosts" value="(\d+)"( checked)?', html) == [
        (str(people[0].pk), " checked"),
        (str(people[1].pk), ""),
    ]
    assert roles() == before
    done, undo = mark(client, people[0])
    assert "Hosts now: 岡, 3 times." in done
    assert Appearance.objects.filter(role="host").count() == 3
    undone = client.post(undo, follow=True)
    assert "Taken back: Marked as hosts: 岡 (3)" in undone.content.decode()
    assert roles() == before


def test_each_marking_is_undone_by_itself_and_once(client, people):
    client.force_login(make_editor())
    (_first, undo_first), (_last, undo_last) = mark(client, people[0]), mark(client, people[1])

    client.post(undo_last)
    client.post(undo_first)

    assert {role for _name, role in roles()} == {"", "guest"}
    assert "taken back already" in client.post(undo_first, follow=True).content.decode()
    assert Change.objects.count() == 2


def test_marking_and_undo_are_versions_with_who_did_it(client, people):
    editor, (oka, *_others) = make_editor(), people
    client.force_login(editor)
    versions = dict(Episode.objects.untrashed().values_list("pk", "version"))

    client.post(mark(client, oka)[1])

    assert dict(Episode.objects.untrashed().values_list("pk", "version")) == {pk: n + 2 for pk, n in versions.items()}
    undone, marked = Revision.objects.of(Episode.objects.live().first())[:2]
    assert [each.user for each in (marked, undone)] == [editor, editor]
    assert [each.data["rows"]["appearances"][0]["role"] for each in (marked, undone)] == ["host", ""]
    assert marked.note == "Marked as host where no role was said."


def test_form_opened_before_the_marking_keeps_the_role(client, people):
    client.force_login(make_editor())
    episode = Episode.objects.live().first()
    url = f"/en/admin/episodes/episode/{episode.pk}/change/"
    form = form_of(client.get(url), "episode_form")
    mark_as_hosts([people[0]], user=None)

    answer = client.post(url, form | {"title": "直した題", "_continue": "1"}, follow=True)

    assert "Saved together with what was saved meanwhile" in answer.content.decode()
    episode.refresh_from_db()
    assert (episode.title, episode.appearances.get(speaker=people[0]).role) == ("直した題", "host")


def test_marked_episode_still_follows_its_file_unless_a_person_edited_it(people):
    followed, edited, _bare = Episode.objects.untrashed().order_by("pk")
    for each, version in ((followed, followed.version), (edited, edited.version - 1)):
        ImportedFile.objects.create(target=each, name=f"{each.pk}.md", digest="0", version=version)

    take_back(mark_as_hosts([people[0]], user=None)[1], user=None)

    assert [is_edited(Episode.objects.get(pk=each.pk)) for each in (followed, edited)] == [False, True]


@pytest.mark.parametrize("data", [{}, {"hosts": ["x"]}, {"hosts": ["99999"]}])
def test_page_writes_nothing_for_a_wrong_answer(client, people, data):
    client.force_login(make_editor())
    before = roles()

    assert client.post(HOSTS, data, follow=True).status_code == 200
    assert roles() == before


def test_list_of_speakers_leads_there_for_editors_alone(client):
    found = {}
    for make in (make_host, make_editor):
        client.force_login(make())
        found[make] = HOSTS in client.get("/en/admin/episodes/speaker/").content.decode()

    assert found == {make_host: False, make_editor: True}


def test_page_of_an_episode_without_roles_shows_none(client, people):
    html = client.get("/en" + Episode.objects.live().first().path).content.decode()

    assert "岡" in html
    assert 'class="role"' not in html
