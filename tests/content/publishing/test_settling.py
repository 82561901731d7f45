"""What one transaction derives from several things is written at its end."""

from contextlib import suppress

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from episodes.models import Episode
from interaxion.content.linking.links import Link
from interaxion.content.parts.part import Part
from interaxion.content.publishing.settling import settling
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from interaxion.content.search.rows import SearchRow
from tests.factories import make_episode

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
NOTES = "### 話\n\n- [頁](https://x.example/1)\n"


def test_thing_that_is_stored_and_published_in_one_block_is_derived_as_it_is_in_the_end():
    with transaction.atomic(), settling():
        episode = make_episode(notes=NOTES, live=True)
        assert not Link.objects.exists()
        episode.title = "Waves"
        store(episode, user=None)

    present = Episode.objects.get(pk=episode.pk)
    for row in (Link.objects.get(), SearchRow.objects.of(present).get()):
        assert (row.title, row.status, row.publish_at) == (str(present), "published", present.publish_at)
    assert "Waves" in Part.objects.of(present).filter(name="row").first().text


def test_block_that_fails_leaves_nothing_to_be_written():
    with transaction.atomic(), settling():
        good = make_episode(notes=NOTES)
        with suppress(ValueError), transaction.atomic(), settling():
            make_episode(notes=NOTES)
            raise ValueError

    assert Episode.objects.get() == good
    assert SearchRow.objects.get(work=None, named__isnull=False).owner_model is Episode
    assert Link.objects.get().object_id == good.pk


def test_publishing_after_a_save_in_one_block_reads_nothing_again():
    episode = make_episode(notes="### 0:10 話\n\n本文\n")
    with transaction.atomic(), settling():
        episode.title = "新しい題"
        store(episode, user=None)
        with CaptureQueriesContext(connection) as queries:
            transition(episode, to="published", user=None)

    read = [query["sql"] for query in queries if 'FROM "episodes_linksection"' in query["sql"]]
    assert read == []
    stored = type(episode).objects.get(pk=episode.pk)
    assert (stored.title, stored.status, stored.version) == ("新しい題", "published", episode.version)
    assert episode.log.get().before["status"] == "draft"
