from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from interaxion.desk.human_time import spell_moment

NOON = datetime(2026, 11, 20, 3, tzinfo=UTC)  # in Tokyo


@pytest.mark.parametrize(
    ("far", "said"),
    [
        (timedelta(seconds=20), "2026-11-20 12:00 JST, now"),
        (timedelta(minutes=1), "2026-11-20 12:01 JST, in 1 minute"),
        (timedelta(minutes=89), "2026-11-20 13:29 JST, in 89 minutes"),
        (timedelta(hours=9), "2026-11-20 21:00 JST, in 9 hours"),
        (timedelta(hours=47), "2026-11-22 11:00 JST, in 47 hours"),
        (timedelta(days=3), "2026-11-23 12:00 JST, in 3 days"),
        (timedelta(hours=-3), "2026-11-20 09:00 JST, 3 hours ago"),
    ],
)
def test_moment_has_its_zone_and_its_distance(far, said):
    with translation.override("en"):
        assert spell_moment(NOON + far, NOON) == said
