from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from episodes.models import Episode
from interaxion.content.publishing.log import LogEntry
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.publishing.window import State
from interaxion.content.saving.storing import StaleVersion, store
from interaxion.content.saving.taking_down import TakesDown
from interaxion.content.saving.transitions import PublishingRefused, transition
from tests.factories import make_editor, make_episode, make_host, make_speaker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def make_ready_episode(**fields):
    """One of which the checks say nothing."""
    return make_episode(
        **{
            "speakers": (make_speaker(),),
            "notes": "### 0:00 はじめに\n\n### 1:30 つぎに\n\n### 3:00 おわりに\n",
            "audio_url": "https://example.org/a.mp3",
            "audio_bytes": 1,
            "audio_seconds": 600,
            "summary": "要約です。",
            **fields,
        }
    )


def test_editor_publishes_a_draft_which_moves_to_its_own_address():
    episode = make_ready_episode(number="57")
    ed = make_editor(name="ed")

    transition(episode, to="published", user=ed, note="できた")

    stored = Episode.objects.get()
    assert stored.state() is State.LIVE
    assert (episode.path, stored.path) == ("/57", "/57")
    entry = LogEntry.objects.get()
    assert (entry.user, entry.title, entry.from_state, entry.to_state, entry.note) == (
        ed,
        str(episode),
        "draft",
        "live",
        "できた",
    )


def test_publishing_at_a_date_is_a_schedule_and_a_boundary():
    episode = make_ready_episode()
    tomorrow = timezone.now() + timedelta(days=1)
    before = SiteState.current().etag()

    transition(episode, to="published", user=make_editor(), at=tomorrow)

    state = SiteState.current()
    assert episode.state() is State.SCHEDULED
    assert state.etag() == before, "visitors see nothing of a schedule"
    assert state.etag(at=tomorrow) != state.etag()


def test_host_may_hand_to_review_but_not_publish():
    episode = make_ready_episode()
    host = make_host()

    transition(episode, to="review", user=host)
    with pytest.raises(PermissionDenied):
        transition(episode, to="published", user=host)

    assert Episode.objects.get().state() is State.REVIEW


@pytest.mark.parametrize("to", ["draft", "review", "trashed"])
def test_host_may_not_take_down_what_is_live(to):
    episode = make_episode(live=True)

    with pytest.raises(PermissionDenied):
        transition(episode, to=to, user=make_host())

    assert Episode.objects.get().is_live()


def test_errors_block_and_warnings_ask():
    first = make_ready_episode(player_provider="spotify", player_id="episode/x")
    twin = make_ready_episode(player_provider="spotify", player_id="episode/x")
    untimed = make_ready_episode(notes="### 題だけ\n\n本文。\n")
    ed = make_editor()

    with pytest.raises(PublishingRefused) as error:
        transition(twin, to="published", user=ed, is_confirmed=True)
    with pytest.raises(PublishingRefused):
        transition(untimed, to="published", user=ed)
    transition(untimed, to="published", user=ed, is_confirmed=True)

    assert str(first) in error.value.problems[0].message
    assert not Episode.objects.get(pk=twin.pk).is_live()
    assert Episode.objects.get(pk=untimed.pk).is_live()


def test_a_command_is_asked_nothing_but_told_what_the_checks_say():
    episode = make_episode(notes="### 題だけ\n\n本文。\n")

    problems = transition(episode, to="published", user=None).problems

    assert episode.is_live()
    assert {problem.field for problem in problems} == {"audio_url", "appearances", "sections", "summary"}


def test_the_log_outlives_what_it_tells_of():
    episode = make_episode(live=True, title="消える題")

    episode.delete()

    assert LogEntry.objects.get().title.endswith("消える題")


def test_trash_hides_and_restoring_gives_back_the_state():
    episode = make_episode(live=True, number="8")
    at, ed = episode.publish_at, make_editor()

    transition(episode, to="trashed", user=ed, is_confirmed=True)
    assert Episode.objects.get().state() is State.TRASHED
    transition(episode, to="restored", user=ed)

    stored = Episode.objects.get()
    assert (stored.state(), stored.publish_at, stored.path) == (State.LIVE, at, "/8")


def test_draft_out_of_the_trash_is_a_draft():
    episode = make_episode(live=True, number="8")
    ed = make_editor()
    transition(episode, to="trashed", user=ed, is_confirmed=True)

    transition(episode, to="draft", user=ed)

    assert (Episode.objects.get().state(), Episode.objects.get().path) == (State.DRAFT, "/8")


def test_restoring_what_was_live_is_the_publishers():
    episode = make_episode(live=True)
    transition(episode, to="trashed", user=None)

    with pytest.raises(PermissionDenied):
        transition(episode, to="restored", user=make_host())

    assert Episode.objects.get().state() is State.TRASHED


def test_restoring_asks_where_the_date_has_come_meanwhile():
    now = timezone.now()
    episode = make_episode(publish_at=now + timedelta(hours=1))
    transition(episode, to="trashed", user=None)
    Episode.objects.update(publish_at=now - timedelta(hours=1), deleted_at=now - timedelta(hours=2))
    ed = make_editor()

    with pytest.raises(PublishingRefused, match="Its date has come|公開日時が過ぎました"):
        transition(episode, to="restored", user=ed)
    assert Episode.objects.get().state() is State.TRASHED
    transition(episode, to="restored", user=ed, is_confirmed=True)

    assert Episode.objects.get().is_live()


@pytest.mark.parametrize("to", ["draft", "review", "trashed"])
def test_taking_down_what_is_live_asks_an_editor_and_no_command(to):
    episode = make_episode(live=True, number="8")
    ed = make_editor()

    with pytest.raises(TakesDown, match="/8"):
        transition(episode, to=to, user=ed)
    assert Episode.objects.get().is_live()
    transition(episode, to=to, user=ed, is_confirmed=True)
    assert not Episode.objects.get().is_live()

    other = make_episode(live=True)
    transition(other, to=to, user=None)
    assert not other.is_live()


def test_publishing_ahead_takes_down_what_is_live():
    episode = make_episode(live=True)

    with pytest.raises(TakesDown):
        transition(episode, to="published", user=make_editor(), at=timezone.now() + timedelta(days=1))

    assert Episode.objects.get().is_live()


def test_no_other_version_is_published_than_was_seen():
    episode = make_ready_episode(title="見た題")
    seen = Episode.objects.get()
    episode.title = "見ていない題"
    store(episode, user=make_host())
    ed = make_editor()

    with pytest.raises(StaleVersion):
        transition(seen, to="published", user=ed, is_confirmed=True)
    with pytest.raises(StaleVersion):
        transition(episode, to="published", user=ed, is_confirmed=True, version=1)
    assert not Episode.objects.get().is_live() and not LogEntry.objects.exists()
    transition(episode, to="published", user=ed, is_confirmed=True, version=2)

    assert (LogEntry.objects.get().version, Episode.objects.get().title) == (2, "見ていない題")


def test_publishing_now_overrules_a_date_ahead_and_no_other():
    scheduled = make_ready_episode(publish_at=timezone.now() + timedelta(days=1))
    live = make_ready_episode(live=True)
    at, ed = live.publish_at, make_editor()

    transition(scheduled, to="now", user=ed)
    transition(live, to="now", user=ed)

    assert scheduled.is_live() and scheduled.publish_at <= timezone.now()
    assert live.publish_at == at
