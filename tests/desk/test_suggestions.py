import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from django.utils.timezone import localtime

from episodes.models import Episode
from interaxion.content.publishing.desk_settings import DeskSettings
from interaxion.content.publishing.revisions import Revision
from interaxion.content.publishing.working_copies import WorkingCopy
from interaxion.content.saving.storing import store
from interaxion.desk.saving.due_suggestions import write_due_suggestions
from tests.admin_forms import form_of
from tests.factories import make_editor, make_episode, make_host, make_speaker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ADMIN = "/en/admin/episodes/episode/"
TIMED = "### 0:00 はじめに\n\n本文です。\n\n### 1:30 つぎの話\n\n続きです。\n"


@pytest.fixture
def host():
    return make_host(name="host")


@pytest.fixture
def editor():
    return make_editor(name="editor")


@pytest.fixture
def episode():
    return make_episode(notes=TIMED, title="もとの題", live=True, speakers=(make_speaker(name="青木"),))


@pytest.fixture
def closed():
    DeskSettings(pk=1, hosts_may_edit_published=False).save()


def change(client, user, episode, **changes):
    client.force_login(user)
    url = f"{ADMIN}{episode.pk}/change/"
    return client.post(url, form_of(client.get(url), "episode_form") | changes)


def suggestion_url(episode):
    return f"{ADMIN}{episode.pk}/suggestions/{WorkingCopy.objects.submitted().get().pk}/"


def test_host_corrects_what_is_published_and_editors_are_told(client, host, editor, episode):
    assert change(client, host, episode, title="直した題").status_code == 302

    revision = Revision.objects.first()
    assert (Episode.objects.get().title, revision.user, revision.is_correction) == ("直した題", host, True)
    client.force_login(editor)
    assert f"/en/admin/episodes/episode/{episode.pk}/history/2/" in client.get("/en/admin/").content.decode()
    change(client, editor, episode, title="編集者の題")
    assert not Revision.objects.first().is_correction


def test_draft_of_a_host_is_no_correction(client, host):
    change(client, host, make_episode(), title="直した題")

    assert not Revision.objects.first().is_correction


def test_change_of_a_host_waits_where_the_setting_says_so(client, closed, host, editor, episode):
    answer = change(client, host, episode, title="提案の題", suggestion_note="誤字です")

    assert answer.status_code == 302
    stored = Episode.objects.get()
    assert (stored.title, stored.version, Revision.objects.count()) == ("もとの題", 1, 1)
    assert ">Suggest<" in client.get(f"{ADMIN}{episode.pk}/change/").content.decode()
    client.force_login(editor)
    assert suggestion_url(episode) in client.get("/en/admin/").content.decode()
    assert "誤字です" in client.get(f"{ADMIN}{episode.pk}/change/").content.decode()
    assert "<del>もとの</del><ins>提案の</ins>題" in client.get(suggestion_url(episode)).content.decode()


def test_text_that_arrives_after_it_was_handed_in_is_not_wanted(client, closed, host, episode):
    url = f"{ADMIN}{episode.pk}/change/"
    client.force_login(host)
    typed = form_of(client.get(url), "episode_form") | {"title": "提案の題"}
    late = {"key": typed["working_copy"], "base": "1", "data": urlencode(typed, doseq=True)}
    assert not client.post(f"{url}autosave/", late).json()["isClosed"]
    assert client.post(url, typed).status_code == 302

    assert client.post(f"{url}autosave/", late).json()["isClosed"]

    assert not WorkingCopy.objects.unsaved_by(host).exists()
    assert WorkingCopy.objects.submitted().get().typed("title") == "提案の題"
    assert not WorkingCopy.objects.open_now().exists(), "nobody has it open who only waits for an answer"


def test_suggestion_from_a_page_that_came_back_is_handed_in_too(client, closed, host, episode):
    url = f"{ADMIN}{episode.pk}/change/"
    client.force_login(host)
    typed = form_of(client.get(url), "episode_form")

    for title in ("提案の題", "べつの題"):
        assert client.post(url, typed | {"title": title}).status_code == 302

    assert [copy.typed("title") for copy in WorkingCopy.objects.submitted()] == ["提案の題", "べつの題"]


def test_suggestion_is_seen_and_changed_by_its_host(client, closed, host, episode):
    change(client, host, episode, title="提案の題")

    page = client.get(f"{ADMIN}{episode.pk}/change/")
    assert form_of(page, "episode_form")["title"] == "提案の題", "not the old text"
    assert 'data-unsaved=""' in page.content.decode()
    assert "提案の</ins>題" in client.get(suggestion_url(episode)).content.decode()
    change(client, host, episode, title="もっとよい題")

    assert WorkingCopy.objects.submitted().get().typed("title") == "もっとよい題"
    assert Episode.objects.get().title == "もとの題"


def test_suggestion_is_withdrawn_by_its_host_who_keeps_the_text(client, closed, host, episode):
    change(client, host, episode, title="提案の題")
    url = suggestion_url(episode)

    assert client.post(url, {"withdraw": "1"}).status_code == 302

    assert not WorkingCopy.objects.submitted().exists()
    assert WorkingCopy.objects.unsaved_by(host).get().typed("title") == "提案の題"
    assert form_of(client.get(f"{ADMIN}{episode.pk}/change/"), "episode_form")["title"] == "もとの題"


def test_suggestion_of_somebody_else_is_not_shown_to_a_host(client, closed, host, episode):
    change(client, host, episode, title="提案の題")
    client.force_login(make_host(name="other"))

    assert client.get(suggestion_url(episode)).status_code == 403
    assert client.post(suggestion_url(episode), {"withdraw": "1"}).status_code == 403
    assert form_of(client.get(f"{ADMIN}{episode.pk}/change/"), "episode_form")["title"] == "もとの題"


def test_suggestion_that_was_changed_while_an_editor_read_it_is_shown_again(client, closed, host, editor, episode):
    change(client, host, episode, title="提案の題")
    client.force_login(editor)
    url = suggestion_url(episode)
    seen = re.search('name="handed_in" value="([^"]+)"', client.get(url).content.decode())[1].replace("&#x2B;", "+")
    change(client, host, episode, title="もっとよい題")
    client.force_login(editor)

    page = client.post(url, {"apply": "1", "handed_in": seen})

    assert "もっとよい</ins>題" in page.content.decode()
    assert Episode.objects.get().title == "もとの題"


def test_suggestion_is_taken_through_store(client, closed, host, editor, episode):
    Episode.objects.update(unpublish_at="2099-01-01T00:00:00+00:00")
    change(client, host, episode, **{"title": "提案の題", "sections-1-starts_at": "2:00"})
    client.force_login(editor)

    assert client.post(suggestion_url(episode), {"apply": "1"}).status_code == 302

    stored, revision = Episode.objects.get(), Revision.objects.first()
    assert (stored.title, stored.version, stored.is_live()) == ("提案の題", 2, True)
    assert stored.unpublish_at is not None, "dates are the editor's"
    assert stored.sections.get(heading="つぎの話").starts_at == 120
    assert (revision.user, revision.note, revision.is_correction) == (editor, "Suggested by host.", False)
    assert not WorkingCopy.objects.submitted().exists()


def test_suggestion_is_put_together_with_what_was_saved_since(client, closed, host, editor, episode):
    change(client, host, episode, title="提案の題")
    change(client, editor, episode, **{"sections-0-body": "編集者の文"})

    page = client.get(suggestion_url(episode)).content.decode()
    assert "編集者の文" not in page, "only what the host would change is shown"
    assert client.post(suggestion_url(episode), {"apply": "1"}).status_code == 302

    assert Episode.objects.get().title == "提案の題"
    assert episode.sections.get(heading="はじめに").body == "編集者の文"


def test_suggestion_that_collides_is_asked_about_and_then_closed(client, closed, host, editor, episode):
    change(client, host, episode, title="提案の題")
    change(client, editor, episode, title="編集者の題")

    page = client.post(suggestion_url(episode), {"apply": "1"})
    assert "Both of you changed this" in page.content.decode()
    assert "errornote" not in page.content.decode()  # it is said once
    data = form_of(page, "episode_form") | {"on_top_of": "2"}
    assert client.post(f"{ADMIN}{episode.pk}/change/", data).status_code == 302

    assert Episode.objects.get().title == "提案の題"
    assert not WorkingCopy.objects.submitted().exists()


def test_suggestion_opens_in_the_form(client, closed, host, editor, episode):
    change(client, host, episode, title="提案の題")
    client.force_login(editor)

    form = form_of(client.post(suggestion_url(episode), {"open": "1"}), "episode_form")
    assert (form["title"], Episode.objects.get().title) == ("提案の題", "もとの題")
    assert client.post(f"{ADMIN}{episode.pk}/change/", form | {"title": "ふたりの題"}).status_code == 302

    assert Episode.objects.get().title == "ふたりの題"
    assert not WorkingCopy.objects.submitted().exists()


def test_refused_suggestion_goes_back_with_the_answer(client, closed, host, editor, episode):
    change(client, host, episode, title="提案の題")
    client.force_login(editor)

    assert client.post(suggestion_url(episode), {"refuse": "1", "answer": "もとのままで"}).status_code == 302

    client.force_login(host)
    page = client.get(f"{ADMIN}{episode.pk}/change/").content.decode()
    assert "An editor did not take your suggestion: もとのままで" in page
    key = WorkingCopy.objects.unsaved_by(host).get().key
    shown = client.post(f"{ADMIN}{episode.pk}/change/recover/", {"key": key})
    assert form_of(shown, "episode_form")["title"] == "提案の題"
    assert Episode.objects.get().title == "もとの題"


def test_suggestion_with_errors_is_shown_and_neither_saved_nor_handed_in(client, closed, host, episode):
    changes = {"title": "提案の題", "sections-1-starts_at": "soon", "suggestion_note": "誤字です"}
    answer = change(client, host, episode, **changes)

    assert answer.status_code == 200 and "is no time" in answer.content.decode()
    assert form_of(answer, "episode_form")["suggestion_note"] == "誤字です"
    assert not WorkingCopy.objects.submitted().exists()
    assert Episode.objects.get().version == 1


def test_suggestion_is_taken_by_no_host(client, closed, host, episode):
    change(client, host, episode, title="提案の題")
    url, pk = suggestion_url(episode), str(WorkingCopy.objects.submitted().get().pk)

    client.force_login(make_host())
    assert client.get(url).status_code == 403
    for user in (host, make_host(name="third")):
        client.force_login(user)
        client.post(url, {"apply": "1"})
        assert change(client, user, episode, suggestion=pk).status_code == 302
    assert Episode.objects.get().title == "もとの題"


def test_drafts_are_saved_by_hosts_in_any_case(client, closed, host):
    draft = make_episode()

    assert change(client, host, draft, title="草稿の題").status_code == 302

    assert Episode.objects.get().title == "草稿の題"


def test_setting_is_an_editors(client, host, editor):
    url = "/en/admin/content/desksettings/1/change/"
    client.force_login(host)
    assert client.post(url, {}).status_code == 403
    client.force_login(editor)

    assert client.post(url, {}).status_code == 302

    assert not DeskSettings.current().hosts_may_edit_published


def test_note_and_answer_keep_nothing_that_no_database_takes(client, closed, host, editor, episode):
    change(client, host, episode, title="提案の題", suggestion_note="誤\0字")
    client.force_login(editor)
    client.post(suggestion_url(episode), {"refuse": "1", "answer": "い\0や"})

    copy = WorkingCopy.objects.get(note="誤字")
    assert copy.answer == "いや"


def test_suggestion_goes_live_at_its_date(client, closed, host, editor, episode):
    due = timezone.now() + timedelta(days=2)
    typed = {"title": "提案の題", "sections-0-body": "直した文。", "suggestion_due": f"{localtime(due):%Y-%m-%dT%H:%M}"}
    change(client, host, episode, **typed)
    client.force_login(editor)
    url = suggestion_url(episode)
    assert "It is to go live" in client.get(url).content.decode()

    client.post(url, {"apply": "1"})
    assert Episode.objects.get().title == "もとの題"
    assert list(write_due_suggestions(timezone.now())) == []
    other = Episode.objects.get()
    other.summary = "この間に書いた要約"
    store(other, user=editor)

    assert list(write_due_suggestions(due + timedelta(minutes=1))) == ["suggestion for 1: 提案の題: written"]

    stored = Episode.objects.get()
    assert (stored.title, stored.summary) == ("提案の題", "この間に書いた要約")
    assert [section.body for section in stored.sections.all()] == ["直した文。", "続きです。"]
    assert [str(speaker) for speaker in stored.speakers.all()] == ["青木"]
    assert Revision.objects.first().user == editor
    assert not WorkingCopy.objects.submitted().exists()


def test_suggestion_that_collides_at_its_date_waits_for_an_editor_again(client, closed, host, editor, episode):
    due = timezone.now() + timedelta(days=2)
    change(client, host, episode, title="提案の題", suggestion_due=f"{localtime(due):%Y-%m-%dT%H:%M}")
    client.force_login(editor)
    client.post(suggestion_url(episode), {"apply": "1"})
    change(client, editor, episode, title="編集者の題")

    assert list(write_due_suggestions(due + timedelta(minutes=1))) == [
        "suggestion for 1: 編集者の題: waits for an editor"
    ]

    assert WorkingCopy.objects.submitted().get().taken_by is None
    assert client.post(suggestion_url(episode), {"apply": "1", "at_once": "1"}).status_code in {200, 302}
