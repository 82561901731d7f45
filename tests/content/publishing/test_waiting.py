"""One writes while another has written and not committed yet: neither misses what the other did."""

import threading
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import close_old_connections, connection, connections, transaction
from django.utils import timezone

from courses.models import Chapter, Course
from interaxion.content import paths
from interaxion.content.changes.named_rows import merge_named_rows
from interaxion.content.linking.links import Link
from interaxion.content.linking.merging import merge_works
from interaxion.content.linking.works import Work
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.saving.storing import StaleVersion, store
from interaxion.content.saving.transitions import transition
from interaxion.content.saving.undoing import ChangedSince, undo
from interaxion.content.search.rows import SearchRow
from interaxion.content.tags import Tag, find_tags
from posts.models import Post
from tests.factories import make_chapter, make_episode, make_post, make_speaker, make_user

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def postgresql(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time by itself; `make test` runs this on PostgreSQL")


class Meanwhile(threading.Thread):
    """Somebody else, with a connection of their own. Begun when they are done, or wait for what is written here."""

    def __init__(self, job):
        super().__init__()
        self.job, self.problem = job, None
        self.start()
        while self.is_alive() and not self._waits():
            pass

    def run(self):
        close_old_connections()
        try:
            self.job()
        except Exception as problem:  # it belongs to the test, not to the thread
            self.problem = problem
        finally:
            connections.close_all()

    def end(self):
        self.join()
        if self.problem:
            raise self.problem

    def _waits(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))")
            return cursor.fetchone() is not None


def both(first, second):
    """`second` begins when `first` is written, and `first` is committed when `second` waits or is done."""
    with transaction.atomic():
        first()
        meanwhile = Meanwhile(second)
    meanwhile.end()


def boundaries() -> list[datetime]:
    return list(SiteState.current().boundaries)


@pytest.mark.parametrize("verb", ["store", "transition"])
def test_dates_of_two_who_schedule_at_once_are_both_written_down(verb):
    days = [timezone.now() + timedelta(days=day) for day in (1, 2)]
    posts = [make_post(), make_post()]

    def schedule(post, at):
        if verb == "transition":
            return lambda: transition(post, to="published", user=None, at=at)
        post.unpublish_at = at
        return lambda: store(post, user=None)

    both(*(schedule(post, at) for post, at in zip(posts, days, strict=True)))

    assert boundaries() == days


@pytest.mark.parametrize("order", ["course first", "chapter first"])
@pytest.mark.parametrize("verb", ["store", "transition"])
def test_chapter_and_course_published_at_once_are_found(order, verb):
    chapter = make_chapter(source="# 章\n\n[頁](https://example.org/)\n")
    if verb == "store":
        transition(chapter, to="published", user=None)
    jobs = [
        lambda: transition(Course.objects.get(), to="published", user=None),
        lambda: store(chapter, user=None) if verb == "store" else transition(chapter, to="published", user=None),
    ]

    both(*(jobs if order == "course first" else reversed(jobs)))

    assert Chapter.objects.live().exists()
    for rows in (Link, SearchRow):
        assert rows.objects.live().filter(object_id=chapter.pk, path=chapter.path).exists(), rows


def test_one_address_has_one_holder():
    holders = [make_post(), make_post()]

    with pytest.raises(ValidationError) as refused:
        both(*(lambda post=post: paths.claim(post, "/same") for post in holders))

    assert refused.value.code == "path_taken"
    assert [paths.find_path("/same").target, holders[1].addresses.get().path] == [holders[0], holders[1].path]


def test_one_old_address_leads_to_one_thing():
    holders = [make_post(), make_post()]

    with pytest.raises(ValidationError) as refused:
        both(*(lambda post=post: paths.claim_old(post, "/old") for post in holders))

    assert refused.value.code == paths.OLD_ADDRESS
    assert paths.find_path("/old").target == holders[0]


def test_new_work_of_two_is_made_while_one_of_them_makes_a_tag():
    episode, post = make_episode(), make_post()
    post.body = "[論文](https://doi.org/10.1000/new)"
    begun = []

    def write():
        episode.replace_sections("[論文](https://doi.org/10.1000/new)\n")
        episode.tags.set(find_tags(["光"]))
        begun.append(Meanwhile(lambda: store(post, user=None)))

    store(episode, user=None, write_related=write)
    begun[0].end()

    assert Link.objects.filter(work__key="doi:10.1000/new").count() == 2


def test_speakers_are_merged_while_something_of_one_is_saved():
    old, into = make_speaker(), make_speaker()
    episode = make_episode(speakers=(old,))
    begun = []

    def write():
        begun.append(Meanwhile(lambda: merge_named_rows([old], into, user=None)))
        episode.replace_appearances([(old, "guest")])

    store(episode, user=None, write_related=write)
    begun[0].end()

    assert list(episode.appearances.values_list("speaker", "role")) == [(into.pk, "guest")]


def test_works_are_merged_while_something_that_mentions_one_is_saved():
    post = make_post(body="[一](https://doi.org/10.1000/a) [二](https://doi.org/10.1000/b)")
    old, into = Work.objects.order_by("key")
    begun = []

    store(post, user=None, write_related=lambda: begun.append(Meanwhile(lambda: merge_works(old, into))))
    begun[0].end()

    assert list(post.links.values_list("work", flat=True)) == [into.pk] * 2


def test_tags_are_merged_while_something_gets_one():
    tagged, other = make_post(tags=("ひかり",)), make_post(tags=("光",))
    old, into = (Tag.objects.get(name=name) for name in ("ひかり", "光"))
    begun = []

    def write():
        begun.append(Meanwhile(lambda: merge_named_rows([old], into, user=None)))
        tagged.tags.set(find_tags(["ひかり", "光"]))

    store(tagged, user=None, write_related=write)
    begun[0].end()

    assert list(tagged.tags.all()) == list(other.tags.all()) == [into]


def test_publishing_while_somebody_saves_does_not_publish_what_nobody_saw():
    seen, saved = make_post(title="見た題"), Post.objects.get()
    editor = make_user(is_superuser=True)
    saved.title = "見ていない題"

    with pytest.raises(StaleVersion):
        both(
            lambda: store(saved, user=None),
            lambda: transition(Post.objects.get(pk=seen.pk), to="published", user=editor, is_confirmed=True, version=1),
        )

    assert not Post.objects.live().exists()


def test_undoing_while_somebody_saves_undoes_nothing():
    post = make_post(live=True)
    editor = make_user(is_superuser=True)
    entry = transition(post, to="draft", user=editor, is_confirmed=True).entry
    saved = Post.objects.get()
    saved.title = "べつの題"  # a save that changes nothing makes no version

    with pytest.raises(ChangedSince):
        both(lambda: store(saved, user=None), lambda: undo(entry, user=editor))

    assert not Post.objects.live().exists()
