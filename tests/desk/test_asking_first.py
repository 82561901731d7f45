"""Nothing live disappears by one click, and what was approved goes live: what the desk asks, and what it takes back."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from episodes.models import Episode
from interaxion.content.publishing.log import LogEntry
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from posts.models import Post
from tests.admin_forms import form_of
from tests.desk.test_transitions import ADMIN, confirmed, make_ready, move, move_all
from tests.factories import make_editor, make_episode, make_host, make_post

pytestmark = pytest.mark.django_db
UNDO = f"{ADMIN}undo/"
AUDIO = settings.BASE_DIR / "interaxion/sitewide/demo/site/assets/audio/episode1.mp3"
SCRIPT = {"X-Desk-Script": "save"}


@pytest.fixture
def editor(client):
    client.force_login(user := make_editor())
    return user


def form_url(thing):
    return f"/en/admin/{thing._meta.app_label}/{thing._meta.model_name}/{thing.pk}/change/"


def save(client, thing, **typed):
    """Return the POST data of *Save*, with the changed fields."""
    url = form_url(thing)
    loaded = form_of(client.get(url), f"{thing._meta.model_name}_form")
    return client.post(url, loaded | {"_continue": "1"} | typed)


def moment(**ahead):
    return f"{timezone.localtime(timezone.now() + timedelta(**ahead)):%Y-%m-%dT%H:%M:%S}"


def undo_of(page):
    """The value of the button *Undo* in what an answer says."""
    return page.split('name="entry" value="')[1].split('"')[0]


# --- taking something down ---


@pytest.mark.parametrize("to", ["draft", "trashed"])
def test_step_that_takes_down_something_live_asks_and_names_the_losses(client, editor, to):
    episode = make_ready(number="4", live=True, audio_url="https://audio.example/4.mp3", audio_bytes=1)

    asked = move(client, episode, to).content.decode()

    assert "/4 becomes 404." in asked and "/4-draft" in asked and "/feed.xml, /atom.xml" in asked
    assert client.get("/4").status_code == 200 and LogEntry.objects.count() == 1
    assert move(client, episode, to, is_confirmed="1", note="間違い").status_code == 302
    assert client.get("/4").status_code == 404
    assert LogEntry.objects.first().note == "間違い"


def test_step_of_something_not_live_is_done_at_once(client, editor):
    draft = make_ready()
    scheduled = make_ready(publish_at=timezone.now() + timedelta(days=1))

    assert move(client, draft, "trashed").status_code == 302
    assert move(client, scheduled, "draft").status_code == 302

    assert [each.state() for each in Episode.objects.order_by("pk")] == ["trashed", "draft"]


@pytest.mark.parametrize(("action", "state"), [("withdraw_selected", "draft"), ("trash_selected", "trashed")])
def test_bulk_step_asks_about_each_live_thing_and_is_undone_as_one(client, editor, action, state):
    live, other = make_ready(number="4", live=True), make_ready(number="5", live=True)
    chosen = (live, other)

    asked = move_all(client, action, *chosen).content.decode()

    assert "/4 becomes 404." in asked and "/5 becomes 404." in asked
    assert Episode.objects.live().count() == 2
    said = move_all(client, action, *chosen, **confirmed(*chosen)).content.decode()
    assert {each.state() for each in Episode.objects.all()} == {state}
    client.post(re.search(r'formaction="([^"]+)">Undo', said)[1])
    assert Episode.objects.live().count() == 2


def test_bulk_step_of_drafts_asks_nothing(client, editor):
    episode = make_ready()

    move_all(client, "trash_selected", episode)

    assert Episode.objects.get().state() == "trashed"


# --- undo and restore ---


def test_message_offers_undo_and_a_second_time_does_nothing(client, editor):
    episode = make_ready(number="4", live=True)
    move(client, episode, "trashed", is_confirmed="1")
    page = client.get(form_url(episode)).content.decode()
    sent = {"entry": undo_of(page)}
    assert '<form id="undo" method="post">' in page and f'formaction="{UNDO}"' in page

    client.post(UNDO, sent)

    assert client.get("/4").status_code == 200
    move(client, episode, "draft", is_confirmed="1")
    again = client.post(UNDO, sent, follow=True).content.decode()
    assert "was changed since: nothing is undone." in again
    assert Episode.objects.get().state() == "draft"


def test_undo_of_a_publication_of_an_hour_ago_asks(client, editor):
    episode = make_ready(number="4")
    entry = transition(episode, to="published", user=editor).entry
    LogEntry.objects.update(logged_at=timezone.now() - timedelta(hours=1))

    asked = client.post(UNDO, {"entry": entry.pk}).content.decode()

    assert "/4 becomes 404." in asked and client.get("/4").status_code == 200
    client.post(UNDO, {"entry": entry.pk, "is_confirmed": "1"})
    assert client.get("/4").status_code == 404


def test_undo_checks_permission_and_content_class(client, editor):
    entry = transition(make_ready(live=True), to="draft", user=editor, is_confirmed=True).entry
    assert client.post("/en/admin/posts/post/undo/", {"entry": entry.pk}).status_code == 400
    assert client.post(UNDO, {"entry": "x,9999999999999999999999"}).status_code == 400

    client.force_login(make_host())
    said = client.post(UNDO, {"entry": entry.pk}, follow=True).content.decode()

    assert "You may not change the status of this." in said
    assert Episode.objects.get().state() == "draft"


def test_restoring_from_the_trash_gives_back_the_state(client, editor):
    live, draft = make_ready(number="4", live=True), make_ready(number="5")
    at = live.publish_at
    for each in (live, draft):
        transition(each, to="trashed", user=None)
    page = client.get(form_url(live)).content.decode()
    assert ">Restore<" in page and ">Back to draft<" in page
    assert ">Back to draft<" not in client.get(form_url(draft)).content.decode()

    move(client, live, "restored")
    move(client, draft, "restored")

    assert [(each.state(), each.publish_at) for each in Episode.objects.order_by("pk")] == [
        ("live", at),
        ("draft", None),
    ]


def test_bulk_restore_asks_if_the_thing_becomes_public(client, editor):
    live = make_ready(number="4", live=True)
    transition(live, to="trashed", user=None)

    asked = move_all(client, "restore_selected", live, query="?state=trashed").content.decode()

    assert "/4 is public again, at its dates." in asked and not Episode.objects.live().exists()
    move_all(client, "restore_selected", live, query="?state=trashed", **confirmed(live))
    assert Episode.objects.live().exists()


# --- dates ---


def test_date_moved_ahead_asks_and_keeps_what_was_typed(client, editor):
    episode = make_ready(number="4", live=True)
    typed = {"title": "直した題", "publish_at": moment(days=365)}

    asked = save(client, episode, **typed)

    page = asked.content.decode()
    episode.refresh_from_db()
    assert asked.status_code == 200 and episode.is_live() and episode.title != "直した題"
    assert "/4 becomes 404." in page and "It is public again at" in page and 'value="直した題"' in page
    assert save(client, episode, _takes_down="1", **typed).status_code == 302
    episode.refresh_from_db()
    assert (episode.title, episode.state()) == ("直した題", "scheduled")


def forge(client, thing, **typed):
    """Send the form as no page of ours does: only what is required, and no answer to any question."""
    rows = {f"{name}-{count}_FORMS": "0" for name in ("sections", "appearances") for count in ("TOTAL", "INITIAL")}
    required = {"title": thing.title, "language": "ja", "episode_type": "full", "number": "4", "path": "/4"}
    return client.post(form_url(thing), rows | required | {"loaded_version": str(thing.version)} | typed)


def test_forged_form_that_moves_a_date_ahead_is_asked(client, editor):
    episode = make_ready(number="4", live=True)

    asked = forge(client, episode, publish_at=moment(days=365))

    assert asked.status_code == 200 and "/4 becomes 404." in asked.content.decode()
    assert client.get("/4").status_code == 200
    assert Episode.objects.get().publish_at == episode.publish_at


@pytest.mark.parametrize("confirmed", [{}, {"_confirmed": "1"}, {"_confirmed": "0" * 32}])
@pytest.mark.parametrize("typed", [{"number": "50"}, {"path": "/fifty"}])
def test_forged_form_that_changes_the_identity_is_asked(client, editor, typed, confirmed):
    episode = make_ready(number="4", live=True)

    asked = forge(client, episode, **typed, **confirmed)

    assert asked.status_code == 200 and 'name="_confirmed"' in asked.content.decode()
    episode.refresh_from_db()
    assert (episode.version, episode.number, episode.path) == (1, 4, "/4")


def test_date_moved_ahead_is_undone_and_the_text_stays(client, editor):
    post = make_post(live=True)
    at = post.publish_at
    save(client, post, _takes_down="1", title="直した題", publish_at=moment(days=365))

    said = client.get(form_url(post)).content.decode()
    client.post("/en/admin/posts/post/undo/", {"entry": undo_of(said)})

    post.refresh_from_db()
    assert (post.is_live(), post.publish_at, post.title) == (True, at, "直した題")


def test_end_in_the_past_asks(client, editor):
    post = make_post(live=True, publish_at=timezone.now() - timedelta(days=2))

    page = save(client, post, unpublish_at=moment(days=-1)).content.decode()

    post.refresh_from_db()
    assert post.is_live() and f"{post.path} becomes 404." in page and "public again" not in page


def test_restored_version_with_a_date_ahead_asks(client, editor):
    post = make_post()
    post.publish_at = timezone.now() + timedelta(days=9)
    store(post, user=editor)
    transition(post, to="now", user=None)
    store(Post.objects.get(), user=editor)
    shown = client.post(f"/en/admin/posts/post/{post.pk}/history/2/restore/")

    page = client.post(form_url(post), form_of(shown, "post_form")).content.decode()

    assert "becomes 404." in page and Post.objects.live().exists()


def test_emptied_date_of_something_scheduled_asks(client, editor):
    at = timezone.now() + timedelta(days=1)
    episode = make_ready(number="4", publish_at=at)

    page = save(client, episode, publish_at="", title="直した題").content.decode()

    episode.refresh_from_db()
    assert (episode.publish_at, episode.version) == (at, 1)
    assert all(f">{button}<" in page for button in ("Publish now", "Back to draft", "Keep the date"))


def test_emptied_date_is_kept_now_or_back_to_draft(client, editor):
    at = timezone.now() + timedelta(days=1)
    kept, now, draft = (make_ready(publish_at=at, title=title) for title in ("a", "b", "c"))

    save(client, kept, publish_at="", title="a2", _emptied_date="keep")
    asked = save(client, now, publish_at="", title="b2", _emptied_date="now")["Location"]
    save(client, draft, publish_at="", title="c2", _emptied_date="draft")
    said = client.get(form_url(draft)).content.decode()

    assert asked == f"{form_url(now)}transition/?to=now&version=2"
    assert "will be public at once." in client.get(asked).content.decode()
    states = {each.title: (each.state(), each.publish_at) for each in Episode.objects.all()}
    assert states == {"a2": ("scheduled", at), "b2": ("scheduled", at), "c2": ("draft", None)}
    client.post(UNDO, {"entry": undo_of(said)})
    draft.refresh_from_db()
    assert (draft.state(), draft.publish_at) == ("scheduled", at)


@pytest.mark.parametrize(("then", "state"), [("draft", "draft"), ("now", "scheduled")])
def test_step_pressed_on_a_form_whose_date_was_emptied_is_the_answer(client, editor, then, state):
    episode = make_ready(number="4", publish_at=timezone.now() + timedelta(days=1))

    assert save(client, episode, publish_at="", _then=then).status_code == 302

    assert Episode.objects.get().state() == state


def test_emptied_date_is_asked_about_when_somebody_saved_meanwhile(client, editor):
    at = timezone.now() + timedelta(days=1)
    episode = make_ready(publish_at=at)
    loaded = form_of(client.get(form_url(episode)), "episode_form")
    episode.title = "直した題"
    store(episode, user=make_host())

    page = client.post(form_url(episode), loaded | {"publish_at": ""}).content.decode()

    assert ">Keep the date<" in page
    assert Episode.objects.get().publish_at == at


def test_emptied_date_of_something_live_stays_with_a_message(client, editor):
    post = make_post(live=True)
    at = post.publish_at

    save(client, post, publish_at="", title="直した題")

    post.refresh_from_db()
    assert (post.title, post.publish_at) == ("直した題", at)
    assert "what is published has one." in client.get(form_url(post)).content.decode()


def upload():
    return SimpleUploadedFile("voice.mp3", AUDIO.read_bytes(), "audio/mpeg")


def test_uploaded_file_stays_chosen_while_its_script_asks_about_dates(client, editor):
    episode = make_ready(number="4", live=True)
    url, dates = form_url(episode), {"publish_at": moment(days=365)}
    loaded = form_of(client.get(url), "episode_form") | {"_then": "trashed"} | dates

    asked = client.post(url, loaded | {"audio_file": upload()}, headers=SCRIPT)

    assert asked.status_code == 422 and not any(asked.json()["errors"].values())
    html = asked.json()["asked"]
    assert 'name="_takes_down"' in html and 'name="_then" value="trashed"' in html
    loaded |= {"_takes_down": "1"}
    asked = client.post(url, loaded | {"audio_file": upload()}, headers=SCRIPT).json()["asked"]
    assert 'name="_takes_down" value="1"' in asked
    loaded |= {"_confirmed": asked.split('name="_confirmed" value="')[1].split('"')[0]}
    answered = client.post(url, loaded | {"audio_file": upload()}, headers=SCRIPT)
    assert answered.json()["location"].startswith(f"{url}transition/?to=trashed")
    episode.refresh_from_db()
    assert episode.audio_file and episode.state() == "scheduled"


def test_emptied_date_is_asked_about_at_the_script(client, editor):
    episode = make_ready(publish_at=timezone.now() + timedelta(days=1))
    loaded = form_of(client.get(form_url(episode)), "episode_form")

    asked = client.post(form_url(episode), loaded | {"publish_at": ""}, headers=SCRIPT)

    assert asked.status_code == 422 and 'name="_emptied_date"' in asked.json()["asked"]


@pytest.mark.parametrize(("is_live", "at"), [(True, "2099-01-01T00:00:00"), (False, "")])
def test_question_about_dates_says_that_a_file_must_be_chosen_again(client, editor, is_live, at):
    when = {"live": True} if is_live else {"publish_at": timezone.now() + timedelta(days=1)}
    episode = make_ready(number="4", **when)

    assert "Choose the file again" in save(client, episode, publish_at=at, audio_file=upload()).content.decode()
    assert "Choose the file again" not in save(client, episode, publish_at=at).content.decode()


def test_error_of_a_row_is_said_beside_the_question(client, editor):
    episode = make_ready(number="4", live=True)
    dates = {"publish_at": moment(days=365)}

    page = save(client, episode, **dates, **{"sections-0-starts_at": "いつか"}).content.decode()

    assert "Please correct the error below." in page and "/4 becomes 404." in page
    assert "Please correct" not in save(client, episode, **dates).content.decode()


def test_step_follows_the_question_about_dates(client, editor):
    episode = make_ready(number="4", live=True)
    asked = save(client, episode, publish_at=moment(days=365), _then="draft")

    answer = client.post(form_url(episode), form_of(asked, "episode_form") | {"_takes_down": "1"})

    assert answer["Location"].startswith(f"{form_url(episode)}transition/?to=draft")


def test_scheduled_thing_offers_to_publish_now(client, editor):
    episode = make_ready(number="4", publish_at=timezone.now() + timedelta(days=1))
    assert ">Publish now<" in client.get(form_url(episode)).content.decode()

    assert move(client, episode, "now").status_code == 302

    assert client.get("/4").status_code == 200


# --- what was approved goes live ---


@pytest.fixture
def changed(editor):
    """An episode that the editor has seen in version 1 and a host has saved since."""
    episode = make_ready(number="4", title="見た題", live=False)
    now = Episode.objects.get()
    now.title = "見ていない題"
    store(now, user=make_host(name="haru"))
    return episode


def test_another_version_shows_the_difference_and_asks(client, changed):
    asked = move(client, changed, "published").content.decode()

    assert "This is not what you have seen" in asked and "<ins>" in asked and "haru" in asked
    assert 'name="version" value="2"' in asked
    assert client.get("/4").status_code == 404
    assert move(client, changed, "published", version="2", is_confirmed="1").status_code == 302
    assert "見ていない題" in client.get("/4").content.decode()


def test_confirmation_of_a_version_that_was_saved_over_asks_again(client, changed):
    asked = move(client, changed, "published", version="1", is_confirmed="1")

    assert asked.status_code == 200 and "This is not what you have seen" in asked.content.decode()
    assert client.get("/4").status_code == 404


@pytest.mark.parametrize("version", ["", "x", "0", "99", "-1"])
def test_publishing_without_a_version_asks_first(client, changed, version):
    asked = move(client, changed, "published", version=version, is_confirmed="1")

    assert "Nothing says which version you looked at." in asked.content.decode()
    assert not Episode.objects.live().exists()


def test_list_shows_what_was_saved_since_it_asked(client, changed):
    other = make_ready(number="5")
    both = (changed, other)

    asked = move_all(client, "publish_selected", *both, **confirmed(*both)).content.decode()

    assert "見ていない" in asked and "This is not what you have seen" in asked
    assert [each.number for each in Episode.objects.live()] == [5]
    changed.refresh_from_db()
    move_all(client, "publish_selected", changed, **confirmed(changed))
    assert Episode.objects.live().count() == 2


def test_publish_after_a_merge_shows_the_changes_of_the_other(client, editor):
    episode = make_ready(number="4")
    loaded = form_of(client.get(form_url(episode)), "episode_form")
    episode.summary = "見ていない要約。"
    store(episode, user=make_host())

    answer = client.post(form_url(episode), loaded | {"title": "わたしの題", "_continue": "1", "_then": "published"})

    asked = client.get(answer["Location"]).content.decode()
    assert "This is not what you have seen" in asked and "いない" in asked
    assert not Episode.objects.live().exists()


def test_form_that_comes_back_says_which_version_it_began_with(client, changed):
    loaded = form_of(client.get(form_url(changed)), "episode_form") | {"loaded_version": "1", "number": "x"}

    page = client.post(form_url(changed), loaded)

    assert form_of(page, "desk-steps")["version"] == "1"


def test_bulk_step_skips_things_in_the_wrong_state(client, editor):
    episode = make_episode(title="公開中", live=True)

    said = move_all(client, "publish_selected", episode).content.decode()

    assert "公開中” stays as it is: Published" in said
    assert LogEntry.objects.count() == 1
