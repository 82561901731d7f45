"""No import says who is a host: the desk proposes, a person decides and can take it back."""

import re

import pytest

from episodes.desk.appearance_forms import propose_hosts as rows_of_new_episode
from episodes.models import Appearance, Episode
from episodes.people.host_proposals import count_episodes, mark_as_hosts, propose_hosts, take_back
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


def undoing(html):
    """Return what *Undo* on this page posts."""
    return {"undo": re.search(r'name="undo" value="(\w+)"', html)[1]}


def roles() -> list[tuple[str, str]]:
    return list(Appearance.objects.order_by("pk").values_list("speaker__name", "role"))


def test_proposal_says_how_often_each_speaks(people):
    proposals = [(each.speaker.name, each.episodes, each.unsaid, each.is_regular) for each in propose_hosts()]

    assert proposals == [("岡", 3, 3, True), ("灘", 1, 1, False)]
    assert count_episodes() == 3


def test_marking_sets_host_where_no_role_is_set_and_can_be_undone(people):
    oka, _nada, minato = people
    before, pages = roles(), SiteState.current().version

    keys = mark_as_hosts([oka, minato], user=None)

    assert roles() == [(name, "host" if name == "岡" else role) for name, role in before]
    assert SiteState.current().version > pages
    assert take_back(keys, user=None) == 3
    assert roles() == before


def test_undo_leaves_roles_that_were_changed_since(people):
    keys = mark_as_hosts([people[0]], user=None)
    Appearance.objects.filter(pk=keys[0]).update(role="guest")

    assert take_back(keys, user=None) == 2
    assert Appearance.objects.get(pk=keys[0]).role == "guest"


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
    done = client.post(HOSTS, {"hosts": [people[0].pk]}).content.decode()
    assert "Hosts now: 岡, 3 times." in done
    assert Appearance.objects.filter(role="host").count() == 3
    undone = client.post(HOSTS, undoing(done), follow=True)
    assert "Taken back: 3 roles are unsaid again." in undone.content.decode()
    assert roles() == before


def test_undo_of_a_marking_that_is_not_the_last_says_that_it_cannot(client, people):
    client.force_login(make_editor())
    first, last = (client.post(HOSTS, {"hosts": [who.pk]}).content.decode() for who in people[:2])
    marked = roles()

    refused = client.post(HOSTS, undoing(first), follow=True).content.decode()

    assert "Nothing is taken back" in refused and roles() == marked
    assert "Taken back: 1 roles" in client.post(HOSTS, undoing(last), follow=True).content.decode()
    assert "Nothing is taken back" in client.post(HOSTS, undoing(last), follow=True).content.decode()


def test_undo_posts_no_list_however_long_the_show_is(client, people):
    client.force_login(make_editor())

    done = client.post(HOSTS, {"hosts": [people[0].pk]}).content.decode()

    assert len(undoing(done)["undo"]) < 20


def test_marking_and_undo_are_versions_with_who_did_it(client, people):
    editor, (oka, *_others) = make_editor(), people
    client.force_login(editor)
    versions = dict(Episode.objects.untrashed().values_list("pk", "version"))

    client.post(HOSTS, undoing(client.post(HOSTS, {"hosts": [oka.pk]}).content.decode()))

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

    take_back(mark_as_hosts([people[0]], user=None), user=None)

    assert [is_edited(Episode.objects.get(pk=each.pk)) for each in (followed, edited)] == [False, True]


@pytest.mark.parametrize("data", [{}, {"hosts": ["x"]}, {"hosts": ["99999"]}, {"undo": "1;2"}, {"undo": ""}])
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
