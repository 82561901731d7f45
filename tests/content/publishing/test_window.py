from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from episodes.models import Episode
from interaxion.content.publishing.window import State
from interaxion.content.saving.storing import store
from tests.factories import make_episode

NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TOKYO = ZoneInfo("Asia/Tokyo")

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.mark.parametrize(
    ("window", "state"),
    [
        ({"status": "draft"}, State.DRAFT),
        ({"status": "draft", "publish_at": NOON - MINUTE}, State.DRAFT),
        ({"status": "review", "publish_at": NOON - MINUTE}, State.REVIEW),
        ({"status": "published", "publish_at": NOON + MINUTE}, State.SCHEDULED),
        ({"status": "published", "publish_at": NOON}, State.LIVE),
        ({"status": "published", "publish_at": NOON - MINUTE, "unpublish_at": NOON + MINUTE}, State.LIVE),
        ({"status": "published", "publish_at": NOON - MINUTE, "unpublish_at": NOON}, State.ENDED),
        ({"status": "published", "publish_at": NOON - MINUTE, "deleted_at": NOON - MINUTE}, State.TRASHED),
    ],
)
def test_queryset_and_instance_agree_on_what_is_live(window, state):
    episode = make_episode()
    Episode.objects.filter(pk=episode.pk).update(**window)
    episode.refresh_from_db()

    assert episode.state(NOON) is state
    assert episode.is_live(NOON) == (state is State.LIVE)
    assert Episode.objects.live(NOON).exists() == (state is State.LIVE)
    assert Episode.objects.live(NOON, among_few=True).exists() == (state is State.LIVE)


@pytest.mark.parametrize(
    "window",
    [
        {"status": "published", "publish_at": None},
        {"status": "published", "publish_at": NOON, "unpublish_at": NOON},
        {"status": "published", "publish_at": NOON, "unpublish_at": NOON - MINUTE},
    ],
)
def test_database_refuses_an_impossible_window(window):
    episode = make_episode()

    with pytest.raises(IntegrityError), transaction.atomic():
        Episode.objects.filter(pk=episode.pk).update(**window)


@pytest.mark.parametrize("field", ["publish_at", "unpublish_at"])
@pytest.mark.parametrize("at", [datetime(1, 1, 1, tzinfo=TOKYO), datetime(9999, 12, 31, 23, tzinfo=UTC)])
def test_date_at_an_end_of_the_calendar_is_refused(field, at):
    episode = make_episode()
    setattr(episode, field, at)

    with pytest.raises(ValidationError) as refused:
        store(episode, user=None)

    assert refused.value.error_dict.keys() == {field}
