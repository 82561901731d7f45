from contextlib import suppress
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from episodes.models import Episode
from interaxion.content.paths import find_path
from interaxion.content.publishing.revisions import Revision
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.saving.deriving import derive
from interaxion.content.saving.storing import StaleVersion, store
from interaxion.content.saving.transitions import transition
from interaxion.content.tags import find_tags
from interaxion.content.validators import LONGEST_SOURCE
from posts.models import Post
from tests.factories import make_chapter, make_course, make_editor, make_episode, make_post, make_speaker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_store_writes_everything_that_follows():
    ed = make_editor(name="ed")
    speaker = make_speaker(name="みなみ")
    episode = make_episode(number="3", title="軸", summary="**要約**です", speakers=(speaker,), tags=("光",))

    episode.title = "軸と光"
    store(episode, user=ed, note="題を直した")

    episode = Episode.objects.get()
    assert episode.version == 2
    assert 'id="t-90"' in episode.html
    assert episode.summary_html == "<strong>要約</strong>です"
    assert episode.summary_text == "要約です"
    assert [heading["starts_at"] for heading in episode.outline] == [0, 90]
    revision = Revision.objects.first()
    assert (revision.number, revision.user, revision.note, revision.was_live) == (2, ed, "題を直した", False)
    assert revision.data["fields"]["title"] == "軸と光"
    assert revision.data["fields"]["number"] == "3"
    assert revision.data["tags"] == ["光"]
    assert revision.data["rows"]["appearances"] == [{"speaker": "みなみ", "role": "host", "position": 0}]
    assert [row["heading"] for row in revision.data["rows"]["sections"]] == ["はじめに", "つぎの話"]


def test_store_makes_pages_stale_where_visitors_see_it():
    draft, episode = make_episode(), make_episode(live=True)
    state = SiteState.current().version

    draft.title = episode.title = "別の題"
    store(draft, user=None)
    assert SiteState.current().version == state
    store(episode, user=None)
    assert SiteState.current().version == state + 1


def test_store_refuses_a_text_that_is_too_long_to_render():
    long = "一行。\n" * (LONGEST_SOURCE // 4)
    episode = make_episode()
    section = episode.sections.last()
    section.body = long

    with pytest.raises(ValidationError, match="74992行目以降"):
        store(episode, user=None, write_related=section.save)

    with pytest.raises(ValidationError, match="75001行目以降"):
        make_post(body=long + "あふれた行")
    assert make_post(body=long[:-1]).html


def test_store_writes_the_thing_and_its_derived_rows_once():
    episode = make_episode(live=True)
    episode.title = "別の題"

    with CaptureQueriesContext(connection) as queries:
        store(episode, user=None)

    updated = [query["sql"].split('"')[1] for query in queries if query["sql"].startswith("UPDATE")]
    # The second one is the version, which rises only when the row was read back and holds something new.
    assert updated.count("episodes_episode") == 2
    assert updated.count("content_link") == 1  # the links stay and take the title
    assert "content_searchrow" not in updated


def test_store_forgets_the_rows_that_it_read():
    episode = make_episode(speakers=(make_speaker(),))
    store(episode, user=None)

    episode.sections.all().delete()

    assert not episode.sections.all()


def test_store_explains_what_the_database_refuses():
    make_episode(number="3")
    other = Episode(number=Decimal(3), title="同じ番号")

    with pytest.raises(ValidationError) as refused:
        store(other, user=None)

    assert set(refused.value.error_dict) == {"number"}
    assert other.pk is None
    assert Episode.objects.count() == 1


def test_changes_inside_one_block_raise_the_version_once():
    before = SiteState.current().version

    with transaction.atomic(), SiteState.changing():
        make_episode(live=True)
        make_post(live=True)

    assert SiteState.current().version == before + 1


def test_block_that_fails_inside_another_raises_nothing():
    before = SiteState.current().version

    def fail() -> None:
        with transaction.atomic(), SiteState.changing():
            make_episode()
            raise RuntimeError

    with transaction.atomic(), SiteState.changing(), suppress(RuntimeError):
        fail()

    assert SiteState.current().version == before


def test_store_refuses_a_stale_version_and_writes_nothing():
    episode = make_episode(title="はじめ")
    mine, theirs = Episode.objects.get(), Episode.objects.get()
    theirs.title = "むこうの題"
    store(theirs, user=None)

    mine.title = "こちらの題"
    with pytest.raises(StaleVersion):
        store(mine, user=None)

    assert mine.version == 1
    assert Episode.objects.get().title == "むこうの題"
    assert episode.revisions.count() == 2


def test_store_does_not_undo_a_transition_made_meanwhile():
    mine = make_episode(number="57")
    transition(Episode.objects.get(), to="published", user=None)

    store(mine, user=None)

    stored = Episode.objects.get()
    assert (stored.status, stored.path, stored.is_live()) == ("published", "/57", True)


def test_store_that_fails_half_way_leaves_nothing():
    episode = make_episode(title="はじめ")
    episode.title = "あと"

    def fail():
        episode.sections.all().delete()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store(episode, user=None, write_related=fail)

    stored = Episode.objects.get()
    assert (stored.title, stored.version, stored.sections.count()) == ("はじめ", 1, 2)
    assert episode.version == 1


@pytest.mark.parametrize("bad", ["題\x0bに", "題\u202e逆", "二\n行"])
def test_store_refuses_characters_that_no_feed_can_carry(bad):
    with pytest.raises(ValidationError):
        make_episode(title=bad)

    assert not Episode.objects.exists()


def test_store_refuses_a_taken_path():
    make_post(path="/blog/a")

    with pytest.raises(ValidationError) as refused:
        make_post(path="/blog/a/")

    assert "/blog/a" in refused.value.messages[0]
    assert find_path("/blog/a").target.version == 1


def test_derive_changes_nothing_that_was_typed():
    episode = make_episode()
    Episode.objects.update(html="old", text="old", outline=[])
    episode.refresh_from_db()

    derive(episode)

    episode.refresh_from_db()
    assert "つぎの話" in episode.html
    assert (episode.version, episode.revisions.count()) == (1, 1)


def test_store_that_changes_nothing_leaves_version_revisions_and_cached_pages():
    episode = make_episode(speakers=(make_speaker(), make_speaker()), tags=("光", "音"), live=True)
    stored, state = episode.stored_at, SiteState.current().version

    def write_the_same():
        episode.replace_sections(episode.notes_document())
        episode.replace_appearances([(row.speaker, row.role) for row in episode.appearances.all()])
        episode.tags.set(find_tags(["音", "光"]))

    assert not store(episode, user=make_editor(), write_related=write_the_same).is_edited

    episode = Episode.objects.get()
    assert (episode.version, episode.revisions.count(), episode.stored_at) == (1, 1, stored)
    assert SiteState.current().version == state


def _exchange_the_first_two(episode):
    first, second = episode.appearances.all()
    episode.replace_appearances([(second.speaker, second.role), (first.speaker, first.role)])


@pytest.mark.parametrize(
    "change",
    [
        lambda episode: episode.replace_sections("### 0:00 はじめに\n\n別の話。\n"),
        lambda episode: episode.tags.add("別"),
        lambda episode: episode.appearances.update(role="guest"),
        _exchange_the_first_two,
    ],
)
def test_store_of_changed_rows_alone_is_a_version(change):
    episode = make_episode(speakers=(make_speaker(), make_speaker()), tags=("光",))

    assert store(episode, user=None, write_related=lambda: change(episode)).is_edited

    assert (episode.version, episode.revisions.count()) == (2, 2)


def test_store_sees_what_no_revision_remembers():
    episode = make_episode()
    episode.guid = "another"
    chapter = make_chapter(course=make_course(title="同じ題"), slug="first")
    chapter.course = make_course(title="同じ題")

    assert store(episode, user=None).is_edited and store(chapter, user=None).is_edited


def test_store_of_the_same_text_renders_anew_without_a_revision():
    post = make_post(live=True)
    Post.objects.update(html="<p>古い</p>")
    post.refresh_from_db()
    state = SiteState.current().version

    assert not store(post, user=None).is_edited

    assert Post.objects.get().html == "<p>本文です。</p>\n"
    assert (post.version, post.revisions.count()) == (1, 1)
    assert SiteState.current().version > state
