from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import override

from courses.models import Chapter
from episodes.identity.guid import change_guid
from episodes.models import Episode
from interaxion.content import paths
from interaxion.content.paths import find_path
from interaxion.content.publishing.log import LogEntry
from interaxion.content.publishing.window import State
from interaxion.content.saving.storing import store
from interaxion.content.saving.taking_down import TakesDown, what_goes
from interaxion.content.saving.transitions import PublishingRefused, transition
from interaxion.content.saving.undoing import ChangedSince, undo
from interaxion.content.search.rows import SearchRow
from tests.factories import make_chapter, make_course, make_editor, make_episode, make_host, make_post, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def make_older(entry, **ago):
    """As if it had been written then."""
    LogEntry.objects.filter(pk=entry.pk).update(logged_at=timezone.now() - timedelta(**ago))
    return LogEntry.objects.get(pk=entry.pk)


@pytest.mark.parametrize("to", ["draft", "review", "trashed"])
def test_undo_gives_back_what_was_live_at_its_dates(to):
    episode = make_episode(live=True, number="8")
    at, ed = episode.publish_at, make_editor()
    entry = transition(episode, to=to, user=ed, is_confirmed=True).entry

    undone = undo(entry, user=ed).entry

    stored = Episode.objects.get()
    assert (stored.state(), stored.publish_at, stored.path) == (State.LIVE, at, "/8")
    assert (undone.from_state, undone.to_state, undone.user) == (entry.to_state, "live", ed)
    assert SearchRow.objects.live().filter(path="/8").exists()


def test_undo_of_publishing_gives_back_the_draft_its_date_and_its_address():
    episode = make_episode(number="8")
    entry = transition(episode, to="published", user=None).entry

    undo(entry, user=make_editor())

    stored = Episode.objects.get()
    assert (stored.state(), stored.publish_at, stored.path) == (State.DRAFT, None, "/8-draft")
    assert find_path("/8-draft").is_current and find_path("/8").target == stored


def test_undo_twice_does_nothing():
    episode = make_episode(live=True)
    ed = make_editor()
    entry = transition(episode, to="trashed", user=ed, is_confirmed=True).entry
    undo(entry, user=ed)
    count = LogEntry.objects.count()

    with pytest.raises(ChangedSince):
        undo(entry, user=ed)

    assert Episode.objects.get().is_live() and LogEntry.objects.count() == count


def test_undo_of_something_saved_or_moved_since_does_nothing():
    saved, moved = make_episode(live=True), make_episode(live=True)
    ed = make_editor()
    entries = [transition(each, to="draft", user=ed, is_confirmed=True).entry for each in (saved, moved)]
    saved.title = "直した題"
    store(saved, user=ed)
    transition(moved, to="review", user=ed)

    for entry in entries:
        with pytest.raises(ChangedSince):
            undo(entry, user=ed)

    assert [each.state() for each in Episode.objects.order_by("pk")] == [State.DRAFT, State.REVIEW]


def test_undo_of_something_gone_or_of_an_old_entry_says_so():
    episode, ed = make_episode(live=True), make_editor()
    entry = transition(episode, to="trashed", user=ed, is_confirmed=True).entry
    LogEntry.objects.update(before={})
    with pytest.raises(ChangedSince):
        undo(LogEntry.objects.get(pk=entry.pk), user=ed)
    episode.delete()

    with pytest.raises(ChangedSince):
        undo(entry, user=ed)


def test_undo_asks_for_the_same_permission():
    live, draft = make_episode(live=True), make_episode()
    host = make_host()
    taken = transition(live, to="draft", user=None).entry
    handed = transition(draft, to="review", user=host).entry

    with pytest.raises(PermissionDenied):
        undo(taken, user=host)
    undo(handed, user=host)

    assert [each.state() for each in Episode.objects.order_by("pk")] == [State.DRAFT, State.DRAFT]


def test_undo_of_publishing_asks_once_a_moment_has_passed():
    episode, ed = make_episode(), make_editor()
    entry = make_older(transition(episode, to="published", user=None).entry, hours=1)

    with pytest.raises(TakesDown):
        undo(entry, user=ed)
    assert Episode.objects.get().is_live()
    undo(entry, user=ed, is_confirmed=True)

    assert not Episode.objects.get().is_live()


def test_undo_asks_where_the_date_has_come_meanwhile():
    episode, ed = make_episode(publish_at=timezone.now() + timedelta(hours=1)), make_editor()
    entry = make_older(transition(episode, to="draft", user=None).entry, hours=3)
    entry.before["publish_at"] = (timezone.now() - timedelta(hours=1)).isoformat()

    with pytest.raises(PublishingRefused):
        undo(entry, user=ed)

    assert Episode.objects.get().state() is State.DRAFT


def test_dates_that_take_something_down_ask_where_it_is_stored_and_are_undone():
    post = make_post(live=True)
    at, ed = post.publish_at, make_editor()
    post.publish_at = timezone.now() + timedelta(days=365)

    with pytest.raises(TakesDown):
        store(post, user=ed)
    post.refresh_from_db()
    assert post.is_live()
    post.publish_at, post.title = timezone.now() + timedelta(days=365), "直した題"
    entry = store(post, user=ed, is_confirmed=True).move
    assert (entry.from_state, entry.to_state) == ("live", "scheduled")
    undo(entry, user=ed)

    post.refresh_from_db()
    assert (post.is_live(), post.publish_at, post.title) == (True, at, "直した題")


def test_ending_something_live_asks_too_and_is_no_hosts():
    post = make_post(live=True, publish_at=timezone.now() - timedelta(days=2))
    post.unpublish_at = timezone.now() - timedelta(days=1)

    with pytest.raises(TakesDown):
        store(post, user=make_editor())
    with pytest.raises(PermissionDenied):
        store(post, user=make_host(), is_confirmed=True)

    post.refresh_from_db()
    assert post.is_live()


def test_guid_changed_in_the_same_save_and_a_freed_address_stop_no_undo():
    episode, ed = make_episode(live=True, guid="first", number="8"), make_user(is_superuser=True)
    at = episode.publish_at
    paths.claim_old(episode, "/eight")
    episode.publish_at = timezone.now() + timedelta(days=365)
    entry = change_guid(episode, "second", user=ed, reason="moved", is_confirmed=True).move
    paths.free(find_path("/eight"), user=ed)

    undo(entry, user=ed)

    stored = Episode.objects.get()
    assert (stored.is_live(), stored.publish_at, stored.guid) == (True, at, "second")


def test_undo_of_a_move_before_another_date_in_the_same_state_does_nothing():
    episode, ed = make_episode(), make_editor()
    entry, _later = (
        transition(episode, to="published", at=timezone.now() + timedelta(days=days), user=None).entry
        for days in (1, 2)
    )

    with pytest.raises(ChangedSince):
        undo(entry, user=ed)

    assert Episode.objects.get().state() is State.SCHEDULED


def test_a_save_that_moves_nothing_writes_no_log():
    post = make_post(live=True)
    count = LogEntry.objects.count()

    assert store(post, user=make_editor()).move is None

    assert LogEntry.objects.count() == count


def test_draft_may_lose_its_date():
    post = make_post()
    post.publish_at = timezone.now() + timedelta(days=1)
    store(post, user=None)

    post.publish_at = None
    store(post, user=None)

    post.refresh_from_db()
    assert post.publish_at is None


def test_what_goes_names_pages_old_addresses_and_feeds():
    course = make_course(slug="optics", live=True)
    make_chapter(course=course, live=True, slug="one")
    make_chapter(course=course, slug="two")
    episode = make_episode(number="8", live=True, audio_url="https://audio.example/8.mp3")

    with override("en"):
        of_course, of_episode = what_goes(course), what_goes(episode)

    assert of_course[:2] == ["/courses/optics/ becomes 404.", "With it 1 page does: /courses/optics/one/."]
    assert of_episode == [
        "/8 becomes 404.",
        "So do the old addresses that lead there: /8-draft.",
        "It leaves the lists, the search and the feeds: /feed.xml, /atom.xml.",
    ]
    with pytest.raises(TakesDown, match="/courses/optics/one/"):
        transition(course, to="draft", user=make_editor())
    assert Chapter.objects.live().count() == 1
