"""The identity (address, number, GUID) of something live: editors change it, after a question."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from episodes.models import Episode
from interaxion.content import paths
from interaxion.content.publishing.log import LogEntry
from interaxion.content.publishing.working_copies import WorkingCopy
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from posts.models import Post
from tests.admin_forms import form_of
from tests.factories import make_editor, make_episode, make_host, make_post, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ADMIN = "/en/admin/episodes/episode/"
AUDIO = "https://audio.example/5.mp3"


@pytest.fixture
def host():
    return make_host(name="host")


@pytest.fixture
def editor():
    return make_editor(name="editor")


@pytest.fixture
def episode():
    return make_episode(number="5", title="もとの題", audio_url=AUDIO, guid="first", live=True)


def change(client, user, thing, **changes):
    client.force_login(user)
    url = f"/en/admin/{thing._meta.app_label}/{thing._meta.model_name}/{thing.pk}/change/"
    return client.post(url, form_of(client.get(url), f"{thing._meta.model_name}_form") | changes)


def confirm(client, page, thing, **more):
    form = page.context["adminform"].form
    url = f"/en/admin/{thing._meta.app_label}/{thing._meta.model_name}/{thing.pk}/change/"
    data = form_of(page, f"{thing._meta.model_name}_form") | {"_confirmed": form.confirmation} | more
    return client.post(url, data)


def said(page):
    return " ".join(page.context["adminform"].form.consequences)


# A host


@pytest.mark.parametrize(
    "changes",
    [
        {"number": "50"},
        {"path": "/50"},
        {"audio_url": ""},
        {"audio_url": "https://audio.example/6.mp3"},
        {"audio_seconds": "1:00"},
        {"player": "https://www.youtube.com/watch?v=abcdefghijk"},
    ],
)
def test_host_suggests_a_change_of_identity_fields_of_something_live(client, host, editor, episode, changes):
    answer = change(client, host, episode, **changes)

    assert answer.status_code == 302
    stored = Episode.objects.get()
    assert (stored.version, stored.path, stored.number, stored.audio_url) == (1, "/5", 5, AUDIO)
    page = client.get(answer["Location"]).content.decode()
    assert "only an editor changes" in page and "waits for an editor" in page
    suggestion = WorkingCopy.objects.submitted().get()

    client.force_login(editor)
    url = f"{ADMIN}{episode.pk}/suggestions/{suggestion.pk}/"
    taken = client.post(url, {"apply": "1"})
    if taken.status_code == 200:  # the editor is asked, too
        assert Episode.objects.get().version == 1
        assert confirm(client, taken, episode).status_code == 302
    assert Episode.objects.get().version == 2
    assert not WorkingCopy.objects.submitted().exists()


def test_host_corrects_the_text_of_something_live(client, host, episode):
    assert change(client, host, episode, **{"title": "直した題", "sections-0-body": "直した文"}).status_code == 302

    stored = Episode.objects.get()
    assert (stored.title, stored.sections.first().body) == ("直した題", "直した文")
    assert not WorkingCopy.objects.submitted().exists()


def test_host_cannot_confirm_a_change_of_identity(client, host, episode):
    page = change(client, host, episode, number="50", _confirmed="0" * 32)

    assert page.status_code == 302 and Episode.objects.get().number == 5


def test_guid_and_dates_that_a_host_forges_are_not_read(client, host, episode):
    change(client, host, episode, guid="forged", publish_at="2099-01-01T00:00:00", title="直した題")

    stored = Episode.objects.get()
    assert (stored.guid, stored.title, stored.is_live()) == ("first", "直した題", True)


def test_file_of_a_host_does_not_replace_what_is_live(client, host, episode):
    file = SimpleUploadedFile("x.mp3", b"ID3", "audio/mpeg")

    assert change(client, host, episode, audio_file=file).status_code == 302

    assert not Episode.objects.get().audio_file
    assert not WorkingCopy.objects.submitted().exists(), "a file alone is no suggestion"


def test_working_copy_of_a_host_brings_no_number(client, host, episode):
    client.force_login(host)
    typed = form_of(client.get(f"{ADMIN}{episode.pk}/change/"), "episode_form") | {"number": "50"}
    typed.pop("csrfmiddlewaretoken", None)
    key = typed["working_copy"]
    kept = {"key": key, "data": urlencode(typed, doseq=True), "base": "1"}
    assert client.post(f"{ADMIN}{episode.pk}/change/autosave/", kept).status_code == 200

    shown = client.post(f"{ADMIN}{episode.pk}/change/recover/", {"key": key})
    answer = client.post(f"{ADMIN}{episode.pk}/change/", form_of(shown, "episode_form"))

    assert answer.status_code == 302 and Episode.objects.get().number == 5
    assert WorkingCopy.objects.submitted().exists()


def test_form_opened_before_publishing_is_no_suggestion(client, host):
    episode = make_episode(number="5")
    client.force_login(host)
    url = f"{ADMIN}{episode.pk}/change/"
    opened = form_of(client.get(url), "episode_form")
    transition(episode, to="published", user=None)

    assert client.post(url, opened | {"title": "直した題"}).status_code == 302

    stored = Episode.objects.get()
    assert (stored.title, stored.path, stored.is_live()) == ("直した題", "/5", True)
    assert not WorkingCopy.objects.submitted().exists()


def test_number_that_an_editor_changed_meanwhile_is_no_wish_of_the_host(client, host, editor, episode):
    client.force_login(host)
    url = f"{ADMIN}{episode.pk}/change/"
    opened = form_of(client.get(url), "episode_form")
    confirm(client, change(client, editor, episode, number="50"), episode)

    client.force_login(host)
    assert client.post(url, opened | {"title": "直した題"}).status_code == 302

    stored = Episode.objects.get()
    assert (stored.title, stored.number) == ("直した題", 50)


def test_revision_that_a_host_takes_back_brings_no_number(client, host, editor, episode):
    confirm(client, change(client, editor, episode, number="50"), episode)
    client.force_login(host)

    shown = client.post(f"{ADMIN}{episode.pk}/history/1/restore/")
    answer = client.post(f"{ADMIN}{episode.pk}/change/", form_of(shown, "episode_form"))

    assert answer.status_code == 302 and Episode.objects.get().number == 50
    assert WorkingCopy.objects.submitted().exists()


def test_store_refuses_a_host_whatever_the_way(host, episode):
    episode.number = 50

    with pytest.raises(PermissionDenied):
        store(episode, user=host)

    assert Episode.objects.get().number == 5


def test_host_changes_the_number_of_a_draft(client, host):
    draft = make_episode(number="5")

    assert change(client, host, draft, number="6", path="/6-draft", guid="mine").status_code == 302

    assert (Episode.objects.get().number, Episode.objects.get().guid) == (6, "mine")


# An editor


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": "50"}, "from 5 to 50"),
        ({"number": "50"}, "stays at /5"),
        ({"path": "/fifty"}, "moves from /5 to /fifty"),
        ({"audio_url": ""}, "leaves the podcast feed"),
        ({"audio_url": "https://audio.example/6.mp3"}, "other audio: https://audio.example/6.mp3"),
        ({"player": "https://www.youtube.com/watch?v=abcdefghijk"}, "another player"),
    ],
)
def test_editor_is_asked_before_the_identity_of_something_live_changes(client, editor, episode, changes, sentence):
    page = change(client, editor, episode, **changes)

    assert page.status_code == 200 and sentence in said(page)
    assert Episode.objects.get().version == 1
    answer = confirm(client, page, episode)
    assert (answer.status_code, answer["Location"]) == (302, f"{ADMIN}{episode.pk}/change/")
    assert Episode.objects.get().version == 2


def test_confirmation_covers_only_the_consequences_shown(client, editor, episode):
    page = change(client, editor, episode, number="50")

    other = confirm(client, page, episode, number="51")

    assert other.status_code == 200 and "from 5 to 51" in said(other)
    assert Episode.objects.get().number == 5


def test_editor_is_not_asked_about_a_thing_that_was_never_live(client, editor):
    draft = make_episode(number="5")
    scheduled = make_episode(number="6", publish_at=timezone.now() + timedelta(days=1))

    assert change(client, editor, draft, number="7", path="/7-draft").status_code == 302
    assert change(client, editor, scheduled, number="8", path="/8").status_code == 302


def test_editor_is_not_asked_for_a_corrected_text(client, editor, episode):
    assert change(client, editor, episode, title="直した題").status_code == 302


def test_guid_is_changed_by_administrators_after_a_question(client, editor, episode):
    administrator = make_user(is_superuser=True)
    change(client, editor, episode, guid="second")
    assert Episode.objects.get().guid == "first"

    page = change(client, administrator, episode, guid="second")
    assert "every subscriber gets the episode again" in said(page)
    assert Episode.objects.get().guid == "first"
    assert confirm(client, page, episode).status_code == 302

    entry = LogEntry.objects.first()
    assert (Episode.objects.get().guid, entry.user) == ("second", administrator)
    assert "GUID: first → second" in entry.note


def test_guid_of_a_thing_that_was_live_once_asks(client, episode):
    transition(episode, to="draft", user=None)

    page = change(client, make_user(is_superuser=True), episode, guid="second")

    assert page.status_code == 200 and "every subscriber" in said(page)


# Addresses


def test_emptied_path_of_something_live_is_its_published_address(client, editor, host, episode):
    for user in (host, editor):
        assert change(client, user, episode, path="").status_code == 302
        assert Episode.objects.get().path == "/5"
    assert not WorkingCopy.objects.submitted().exists()


def test_emptied_path_follows_the_number_once_that_is_confirmed(client, editor, episode):
    page = change(client, editor, episode, number="50", path="")

    assert "moves from /5 to /50" in said(page)
    confirm(client, page, episode)
    assert {row.path: row.is_current for row in paths.paths_of(episode)} == {
        "/5-draft": False,
        "/5": False,
        "/50": True,
    }


def test_emptied_path_of_a_scheduled_episode_says_no_draft(client, editor):
    episode = make_episode(number="5", publish_at=timezone.now() + timedelta(days=1))

    change(client, editor, episode, path="")

    assert Episode.objects.get().path == "/5"


def make_corrected(editor):
    """66 was 6 once, and is live still."""
    episode = make_episode(number="6", live=True)
    episode.number, episode.path = 66, "/66"
    store(episode, user=editor)
    return episode


def test_old_address_is_taken_over_once_that_is_confirmed(client, editor):
    old = make_corrected(editor)
    post = make_post(live=True)

    page = change(client, editor, post, path="/6")
    assert "“/6” is an old address of" in said(page)
    assert paths.find_path("/6").target == old
    assert confirm(client, page, post).status_code == 302

    assert paths.find_path("/6").target == Post.objects.get()
    assert "/6 was freed" in old.log.first().note
    assert client.get("/6").status_code == 200


def test_old_address_is_taken_over_by_something_new(client, editor):
    make_corrected(editor)
    client.force_login(editor)
    fresh = form_of(client.get(f"{ADMIN}add/"), "episode_form") | {"number": "6", "title": "新", "path": "/6"}

    page = client.post(f"{ADMIN}add/", fresh)
    assert page.status_code == 200 and "“/6” is an old address of" in said(page)
    confirmed = fresh | {"_confirmed": page.context["adminform"].form.confirmation}
    assert client.post(f"{ADMIN}add/", confirmed).status_code == 302

    assert paths.find_path("/6").target == Episode.objects.get(number=6)


def test_host_takes_no_old_address(client, host, editor):
    old = make_corrected(editor)

    page = change(client, host, make_episode(number="6", path="/new-draft"), path="/6", _confirmed="0" * 32)

    assert page.status_code == 200 and "An editor can free it" in page.content.decode()
    assert paths.find_path("/6").target == old


def test_old_address_of_a_draft_is_taken_over_by_a_host(client, host, editor):
    make_corrected(editor)
    draft = make_episode(number="6", path="/new-draft")

    page = change(client, host, draft, path="/6-draft")
    assert "“/6-draft” is an old address of" in said(page)
    assert confirm(client, page, draft).status_code == 302

    assert paths.find_path("/6-draft").target == draft


def test_current_address_of_something_else_is_refused_still(client, editor, episode):
    page = change(client, editor, make_post(), path="/5")

    assert page.status_code == 200 and "already the address" in page.content.decode()


def test_publishing_takes_an_old_address_over_once_that_is_confirmed(client, editor):
    old = make_corrected(editor)
    new = make_episode(number="6", path="/new-draft")
    client.force_login(editor)
    url = f"{ADMIN}{new.pk}/change/transition/"

    seen = {"to": "published", "version": new.version}
    page = client.post(url, seen).content.decode()
    assert "“/6” is an old address of" in page and paths.find_path("/6").target == old
    assert client.post(url, seen | {"is_confirmed": "1", "note": ""}).status_code == 302

    assert paths.find_path("/6").target == new and client.get("/6").status_code == 200


def test_uploaded_file_is_asked_about_at_its_script(client, editor, episode):
    client.force_login(editor)
    url = f"{ADMIN}{episode.pk}/change/"
    data = form_of(client.get(url), "episode_form") | {"number": "50"}

    answer = client.post(url, data, headers={"X-Desk-Script": "save"})

    assert answer.status_code == 422 and 'name="_confirmed"' in answer.json()["asked"]


# With other questions, and with a step


AHEAD = "2099-01-01T00:00:00"


def answer(client, page, thing, **typed):
    """Return the answer to the form of `page`, sent again with `typed`."""
    return client.post(f"{ADMIN}{thing.pk}/change/", form_of(page, "episode_form") | typed)


def test_step_on_an_unsaved_form_follows_the_question(client, editor, episode):
    page = change(client, editor, episode, number="50", _then="draft")

    answered = confirm(client, page, episode)

    assert answered["Location"].startswith(f"{ADMIN}{episode.pk}/change/transition/?to=draft")
    assert Episode.objects.get().number == 50


def test_dates_are_asked_about_then_the_identity(client, editor, episode):
    page = change(client, editor, episode, number="50", publish_at=AHEAD, _then="draft")
    assert page.context["adminform"].form.goes

    page = answer(client, page, episode, _takes_down="1")
    assert "from 5 to 50" in said(page)
    answered = confirm(client, page, episode)

    stored = Episode.objects.get()
    assert (stored.number, stored.state()) == (50, "scheduled")
    assert "transition/?to=draft" in answered["Location"]


def test_identity_is_asked_about_then_the_dates(client, editor, episode):
    page = change(client, editor, episode, number="50")
    page = confirm(client, page, episode, publish_at=AHEAD)
    assert page.context["adminform"].form.goes and Episode.objects.get().number == 5

    assert answer(client, page, episode, _takes_down="1").status_code == 302

    stored = Episode.objects.get()
    assert (stored.number, stored.state()) == (50, "scheduled")


@pytest.mark.parametrize(("means", "state"), [("keep", "scheduled"), ("now", "scheduled"), ("draft", "draft")])
def test_emptied_date_is_asked_about_then_an_old_address(client, editor, means, state):
    make_corrected(editor)
    new = make_episode(number="7", publish_at=timezone.now() + timedelta(days=1))
    page = change(client, editor, new, publish_at="", path="/6")
    assert page.context["adminform"].form.emptied

    page = answer(client, page, new, _emptied_date=means)
    assert "“/6” is an old address of" in said(page)
    assert confirm(client, page, new).status_code == 302

    assert paths.find_path("/6").target == new
    assert Episode.objects.get(pk=new.pk).state() == state


def test_refused_address_is_said_although_the_identity_changes(client, editor, episode):
    make_post(path="/taken", live=True)

    page = change(client, editor, episode, number="50", path="/taken")

    assert "Please correct the error below." in page.content.decode()
