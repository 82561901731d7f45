from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from episodes.identity.guid import change_guid
from episodes.models import Episode
from interaxion.content.publishing.log import LogEntry
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from tests.factories import make_editor, make_episode, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def give(episode, guid):
    episode.guid = guid
    store(episode, user=None)


def test_guid_of_a_draft_may_change():
    episode = make_episode()

    give(episode, "another")

    assert Episode.objects.get().guid == "another"


def test_guid_is_fixed_once_the_episode_was_live():
    episode = make_episode(live=True)

    with pytest.raises(ValidationError, match="GUID"):
        give(episode, "another")
    episode.refresh_from_db()
    transition(episode, to="draft", user=None)
    with pytest.raises(ValidationError, match="GUID"):
        give(episode, "another")


def test_guid_stays_fixed_where_the_clock_made_the_episode_live():
    episode = make_episode(publish_at=timezone.now() + timedelta(hours=1))
    give(episode, "not live yet")
    Episode.objects.update(publish_at=timezone.now() - timedelta(hours=1))  # the hour has come
    episode.refresh_from_db()

    episode.publish_at = timezone.now() + timedelta(days=1)
    store(episode, user=None)
    with pytest.raises(ValidationError, match="GUID"):
        give(episode, "another")

    moved = LogEntry.objects.first()
    assert (moved.from_state, moved.to_state) == ("live", "scheduled")


def test_guid_and_date_changed_at_once_are_refused():
    episode = make_episode(publish_at=timezone.now() + timedelta(hours=1))
    Episode.objects.update(publish_at=timezone.now() - timedelta(hours=1))
    episode.refresh_from_db()

    episode.publish_at = timezone.now() + timedelta(days=1)
    with pytest.raises(ValidationError, match="GUID"):
        give(episode, "another")


def test_administrator_changes_a_guid_and_it_is_logged():
    episode = make_episode(live=True, guid="first")
    administrator = make_user(is_superuser=True)

    change_guid(episode, "second", user=administrator, reason="moved from the host before")

    entry = LogEntry.objects.first()
    assert (Episode.objects.get().guid, entry.user) == ("second", administrator)
    assert entry.note == "GUID: first → second · moved from the host before"
    assert (entry.from_state, entry.to_state) == ("live", "live")
    with pytest.raises(ValidationError, match="GUID"):  # once is not for ever
        give(episode, "third")


def test_editor_changes_no_guid_that_apps_know():
    episode = make_episode(live=True, guid="first")

    with pytest.raises(PermissionDenied):
        change_guid(episode, "second", user=make_editor(), reason="")

    assert Episode.objects.get().guid == "first"
    assert not LogEntry.objects.filter(note__contains="GUID").exists()


def test_guid_of_another_episode_is_refused_and_nothing_is_logged():
    make_episode(guid="taken")
    episode = make_episode(live=True, guid="first")

    with pytest.raises(ValidationError):
        change_guid(episode, "taken", user=None, reason="")

    assert not LogEntry.objects.filter(note__contains="GUID").exists()
