from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from courses.models import Chapter, Course
from interaxion.content.models import Path, SearchRow
from interaxion.content.publishing.log import LogEntry
from interaxion.content.publishing.revisions import Revision
from interaxion.content.saving.purging import purge_trash
from interaxion.content.saving.transitions import transition
from posts.models import Post
from tests.factories import make_chapter, make_course, make_episode, make_post, make_speaker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def throw_away(thing, *, days):
    transition(thing, to="trashed", user=None)
    type(thing).objects.filter(pk=thing.pk).update(deleted_at=timezone.now() - timedelta(days=days))


def purge() -> list[str]:
    return list(purge_trash(timezone.now()))


def test_trash_is_kept_for_thirty_days_and_then_deleted_with_all_that_belongs_to_it():
    speaker = make_speaker()
    episode = make_episode(title="古い", number="7", live=True, tags=("格子",), speakers=(speaker,))
    post = make_post(live=True)
    throw_away(episode, days=31)
    throw_away(post, days=29)

    assert purge() == [str(episode)]
    assert purge() == []

    assert Post.objects.get() == post and speaker.episodes.count() == 0
    assert not Path.objects.filter(path__in=["/7", "/7-draft"]).exists()
    assert not SearchRow.objects.filter(title=str(episode)).exists()
    assert Revision.objects.count() == 1
    assert LogEntry.objects.first().title == str(episode) and LogEntry.objects.first().to_state == "purged"
    assert make_episode(number="7", live=True).path == "/7"


def test_what_is_not_in_the_trash_stays():
    make_post(live=True)
    make_post()

    assert purge() == []
    assert Post.objects.count() == 2


def test_course_stays_until_its_chapters_are_gone():
    course = make_course()
    chapter = make_chapter(course=course)
    throw_away(course, days=40)

    assert purge() == []
    assert Course.objects.exists() and not LogEntry.objects.filter(to_state="purged").exists()

    throw_away(chapter, days=40)
    assert len(purge()) == 2
    assert not Course.objects.exists() and not Chapter.objects.exists()


def test_tick_may_run_as_often_as_it_likes(capsys):
    throw_away(make_post(title="捨てた記事"), days=40)

    call_command("tick")
    assert capsys.readouterr().out == "deleted for good: 捨てた記事\nlinks asked for: 0 of 0\n"
    call_command("tick")
    assert capsys.readouterr().out == "links asked for: 0 of 0\n"
