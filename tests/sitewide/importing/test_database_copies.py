"""The copies of the database that dry runs work on, on both databases."""

import os
import time

import pytest
from django.db import connection

from interaxion.content.tags import Tag
from interaxion.sitewide.importing import database_copies
from interaxion.sitewide.importing.database_copies import drop_copy, has_copy, make_copy, sweep_copies, use_copy
from interaxion.sitewide.importing.rehearsal import rehearse
from posts.models import Post
from tests.factories import make_post

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    yield tmp_path
    for name in ("one", "new", "old", "named"):
        drop_copy(name)


def test_copy_has_everything_and_changes_nothing(var):
    make_post(title="前の題", tags=("光",), live=True)
    make_copy("one")

    with use_copy("one"):
        assert Post.objects.live().get().title == "前の題"
        made = make_post(title="練習の題", tags=("波",), live=True)
        assert Post.objects.count() == 2
    assert [post.title for post in Post.objects.all()] == ["前の題"]
    assert not Tag.objects.filter(name="波").exists()
    with use_copy("one"):
        assert Post.objects.get(pk=made.pk).title == "練習の題"


def test_copy_goes_away_with_a_rehearsal_without_a_name(var):
    before = schemas()

    with rehearse():
        make_post(title="練習の題")
        assert Post.objects.exists()

    assert not Post.objects.exists()
    assert list((var / "rehearsals").iterdir()) == []
    assert schemas() == before


def test_copy_of_a_rehearsal_that_fails_is_dropped(var):
    with pytest.raises(RuntimeError), rehearse("named"):
        raise RuntimeError

    assert not has_copy("named")


def test_old_copies_are_swept(var, monkeypatch):
    make_copy("new")
    with monkeypatch.context() as patch:
        patch.setattr(database_copies.time, "time", lambda: time.monotonic())  # long ago
        make_copy("old")
    os.utime(var / "rehearsals" / "old", (1, 1))

    sweep_copies()

    assert (has_copy("new"), has_copy("old")) == (True, False)


def schemas() -> list[str]:
    if connection.vendor == "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, 'rehearsal_')")
        return [name for (name,) in cursor.fetchall()]
