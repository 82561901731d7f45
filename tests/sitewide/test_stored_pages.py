"""A stored page is sent as long as it is the page that would be made now, and only then."""

import gzip
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from freezegun import freeze_time

from episodes.models import Episode, Podcast
from interaxion.content.parts.part import Part, write_missing_parts
from interaxion.content.prepared import Prepared
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import To, transition
from interaxion.content.tags import Tag
from interaxion.serving.public_pages import read_validity
from interaxion.sitewide.pages.context import _kept_frame
from interaxion.sitewide.stored_pages.renewing import renew_pages
from interaxion.sitewide.stored_pages.stored_page import StoredPage, find_page, write_missing_pages, write_page
from interaxion.sitewide.stored_pages.trace import holds, recording
from posts.models import Post
from tests.factories import make_chapter, make_course, make_episode, make_page, make_post, make_speaker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
DOI = "https://doi.org/10.1000/x"


@pytest.fixture
def site():
    """Make one of each kind, of which several cite the same work."""
    speaker = make_speaker(name="岡", slug="oka")
    notes = f"## 波\n\n[論文]({DOI})\n"
    for number in ("1", "2", "3"):
        make_episode(number=number, speakers=(speaker,), tags=("光",), notes=notes, live=True)
    make_post(path="/blog/one", authors=(speaker,), tags=("光",), body=f"[論文]({DOI})", live=True)
    make_page(path="/about/", live=True)
    make_chapter(course=make_course(slug="waves", live=True), live=True)


def forget():
    """Empty the caches, as in a new process."""
    caches["pages"].clear()
    _kept_frame.cache_clear()


def ask(client, path, **headers):
    forget()
    return client.get(path, headers=headers)


def find(path):
    return find_page(path, read_validity().etag)


def count_queries(client, path):
    """Return how many queries the first request of a page asks."""
    with CaptureQueriesContext(connection) as queries:
        ask(client, path)
    return len(queries)


def made_anew(client, path):
    """Return the page as it is made without a stored one."""
    StoredPage.objects.filter(address=path).update(key="")
    return ask(client, path)


def mark(path):
    """Change the stored page, so that a visitor's copy shows where it came from."""
    assert StoredPage.objects.filter(address=path).update(body=gzip.compress(b"stored")) == 1, path


def test_every_page_with_an_address_is_stored_and_is_the_page_that_is_made(client, site):
    write_missing_pages.call()
    paths = list(StoredPage.objects.values_list("address", flat=True))
    assert {"/1", "/blog/one", "/about/", "/courses/waves/", "/speakers/oka/", "/tags/光/", "/blog/"} <= set(paths)

    for path in paths:
        found = find(path)
        stored = ask(client, path)
        made = made_anew(client, path)

        assert found is not None, f"{path} asks a query that is not prepared"
        assert stored.content == made.content, path
        assert dict(stored.headers) == dict(made.headers), path


def test_save_writes_the_page_once_it_is_committed(client, site, django_capture_on_commit_callbacks):
    episode = make_episode(number="4", notes="本文", live=True)
    with django_capture_on_commit_callbacks(execute=True):
        episode.title = "別の題"
        store(episode, user=None)

    mark("/4")
    assert ask(client, "/4").content == b"stored"


def test_first_page_of_a_process_is_stored(client, site):
    ContentType.objects.clear_cache()

    write_page(Episode.objects.get(number=1))

    assert find("/1") is not None


@pytest.mark.parametrize("path", ["/1", "/about/"])
def test_stored_page_answers_in_every_form(client, site, path):
    write_missing_pages.call()
    made = made_anew(client, path)
    write_missing_pages.call()

    zipped = ask(client, path, accept_encoding="gzip")
    head = client.head(path)

    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == made.content
    assert "Content-Encoding" not in ask(client, path).headers
    assert (head.status_code, head.content) == (200, b"")
    assert ask(client, path, if_none_match=zipped.headers["ETag"]).status_code == 304


def test_page_stored_since_the_last_change_is_sent_as_it_is(client, site):
    write_missing_pages.call()

    assert count_queries(client, "/1") == 2  # the state of the site, and the page


def test_page_stored_before_a_change_asks_its_queries(client, site):
    write_missing_pages.call()
    change_title(site)  # which this page does not show
    calls = StoredPage.objects.get(address="/about/").calls
    mark("/about/")

    assert count_queries(client, "/about/") == 2 + len(calls)
    assert ask(client, "/about/").content == b"stored"


def change_title(site):
    post = Post.objects.get()
    post.title = "新しい題"
    store(post, user=None)


def take_away(site):
    transition(Post.objects.get(), user=None, to=To.DRAFT)


def rename_tag(site):
    tag = Tag.objects.get(name="光")
    tag.name = "ひかり"
    tag.save()


def rename_show(site):
    podcast = Podcast.current()
    podcast.title = "新しい番組"
    podcast.save()


def add_to_navigation(site):
    make_page(title="新しい案内", path="/new/", in_navigation=True, live=True)


@pytest.mark.parametrize("change", [change_title, take_away, rename_tag, rename_show, add_to_navigation])
def test_change_of_something_else_that_a_page_shows_is_seen_at_once(client, site, change):
    write_missing_pages.call()
    before = ask(client, "/1").content

    change(site)

    after = ask(client, "/1").content
    assert after != before
    assert after == made_anew(client, "/1").content


def test_page_shows_what_the_clock_has_published(client, site):
    with freeze_time(timezone.now()) as clock:
        make_episode(number="5", notes=f"[論文]({DOI})", live=True, publish_at=timezone.now() + timedelta(hours=1))
        write_missing_pages.call()
        assert 'href="/5"' not in ask(client, "/3").content.decode()

        clock.tick(timedelta(hours=2))

        assert 'href="/5"' in ask(client, "/3").content.decode()


def test_hidden_thing_leaves_no_page(client, site):
    write_missing_pages.call()

    take_away(site)

    assert not StoredPage.objects.filter(address="/blog/one").exists()
    assert ask(client, "/blog/one").status_code == 404


def test_tag_that_is_deleted_leaves_no_page(client, site):
    write_missing_pages.call()

    Tag.objects.get(name="光").delete()

    assert not StoredPage.objects.filter(address="/tags/光/").exists()
    assert ask(client, "/tags/光/").status_code == 404


def test_page_of_another_release_counts_as_missing(client, site):
    write_missing_pages.call()
    mark("/1")
    StoredPage.objects.update(key="of another release")

    assert ask(client, "/1").content != b"stored"
    write_missing_pages.call()
    assert find("/1") is not None


def test_address_that_moved_redirects(client, site):
    write_missing_pages.call()
    post = Post.objects.get()
    post.path = "/blog/two"
    store(post, user=None)

    assert ask(client, "/blog/one").status_code == 301
    write_page(post)
    assert StoredPage.objects.of(post).get().address == "/blog/two"
    assert not StoredPage.objects.filter(address="/blog/one").exists()


def test_renewing_writes_what_has_changed_and_no_more(client, site):
    write_missing_pages.call()
    assert renew_pages(seconds=60) == 0

    change_title(site)
    assert find("/1") is None

    assert 0 < renew_pages(seconds=60) < StoredPage.objects.count()
    assert find("/1") is not None
    assert [count_queries(client, path) for path in ("/1", "/about/")] == [2, 2]


def test_renewing_looks_at_no_page_twice(client, site):
    write_missing_pages.call()
    change_title(site)
    renew_pages(seconds=60)
    looked_at = set(StoredPage.objects.values_list("address", "looked_at"))

    assert renew_pages(seconds=60) == 0
    assert set(StoredPage.objects.values_list("address", "looked_at")) == looked_at


def test_page_that_asks_an_unprepared_query_is_not_stored(client, site):
    Part.objects.all().delete()  # they are made for the page then, by any queries

    write_missing_pages.call()
    assert not StoredPage.objects.filter(address="/speakers/oka/").exists()
    assert ask(client, "/speakers/oka/").status_code == 200

    write_missing_parts.call()
    write_missing_pages.call()
    assert find("/speakers/oka/") is not None


def test_trace_holds_until_the_rows_differ(site):
    find = Prepared(lambda title: Post.objects.filter(title=title).values_list("pk", "summary"), types=[str])
    with recording() as trace:
        assert len(find(Post.objects.get().title)) == 1
    assert trace.count == 2  # the title was asked for, too
    assert holds(trace.calls)

    Post.objects.update(summary="別の要旨")

    assert not holds(trace.calls)
    assert not holds([["000000000000", "", 1]])  # of a query that this process does not know
