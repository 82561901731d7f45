"""Every change to many things can be taken back: the site after equals the site before, by its export."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from episodes.models import Episode, Podcast, Speaker
from episodes.people.host_proposals import mark_as_hosts
from interaxion.content.changes.changes import Change, ChangedRow
from interaxion.content.changes.named_rows import delete_rows, merge_named_rows
from interaxion.content.changes.recording import recording
from interaxion.content.changes.taking_back import CannotTakeBack, take_back
from interaxion.content.files.models import StoredFile
from interaxion.content.importing.saving import is_edited
from interaxion.content.jobs.job import Job
from interaxion.content.linking.replacing import replace_address
from interaxion.content.linking.works import Work
from interaxion.content.publishing.log import LogEntry
from interaxion.content.publishing.working_copies import keep
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from interaxion.content.search.rows import SearchRow
from interaxion.content.tags import Tag
from interaxion.sitewide.exporting.site import export_site
from posts.models import Post
from tests.admin_forms import form_of
from tests.episodes.host_feed.test_importing import feed_of, item  # noqa: F401 - a fixture
from tests.factories import (
    make_chapter,
    make_course,
    make_editor,
    make_episode,
    make_host,
    make_letter,
    make_page,
    make_post,
    make_speaker,
    make_user,
)
from tests.imports import copy_site, import_all, write_file
from tests.jobs import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
EPISODES = "/en/admin/episodes/episode/"
#: Each save counts and dates the thing: an undo is a save, too.
COUNTED = re.compile(r"^(version|stored_at|text_changed_at): .*\n", re.MULTILINE)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def exported(tmp_path):
    """Return the files of an export of the site as it is."""
    folders = iter(range(100))

    def export() -> dict[str, str]:
        folder = tmp_path / f"export-{next(folders)}"
        export_site(folder)
        return {
            path.relative_to(folder).as_posix(): COUNTED.sub("", path.read_bytes().decode(errors="replace"))
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != ".sha256sums"
        }

    return export


def last_change() -> Change:
    return Change.objects.counted().latest("pk")


def undone(user=None) -> dict[str, str]:
    """Take back the last change. Return why what stays does, by title."""
    return {plan.title: plan.kept for plan in take_back(last_change(), user=user) if plan.kept}


def make_people() -> tuple[Speaker, Speaker]:
    """岡, who is a host of the podcast, and おか, both in episodes, a post and a chapter; once together."""
    oka = make_speaker(name="岡", reading="おか", aliases=["Oka"], bio="物理。", links=["https://example.org/oka"])
    into = make_speaker(name="岡部")
    podcast = Podcast(pk=1, title="番組")
    podcast.save()
    podcast.hosts.add(oka)
    make_episode(number="1", speakers=(oka,), live=True)
    make_episode(number="2", speakers=(oka, make_speaker(name="灘"), into))
    make_post(title="記事", authors=(oka,), live=True)
    chapter = make_chapter()
    store(chapter, user=None, write_related=lambda: chapter.replace_authors([into, oka]))
    return oka, into


# --- merging ---


def test_merged_speakers_are_two_again(exported):
    oka, into = make_people()
    before, key = exported(), oka.pk

    change = merge_named_rows([oka], into, user=make_editor())

    assert exported() != before and not Speaker.objects.filter(pk=key).exists()
    assert change.rows.count() == 7 and str(change) == "Merged into “岡部”: 岡"
    assert undone() == {}
    assert exported() == before
    assert Speaker.objects.get(pk=key).name == "岡"
    found = SearchRow.objects.get(path="/1", work=None).folded
    assert "岡" in found and "岡部" not in found
    assert LogEntry.objects.filter(note="Taken back: Merged into “岡部”: 岡").count() == 4


def test_merged_tags_are_two_again(exported):
    make_episode(number="1", tags=("光学", "光"), live=True)
    make_post(tags=("光学",))
    before = exported()

    merge_named_rows([Tag.objects.get(name="光学")], Tag.objects.get(name="光"), user=None)

    assert exported() != before
    assert undone() == {} and exported() == before


def test_edit_after_a_merge_is_kept_and_told(exported):
    oka, into = make_people()
    before = exported()
    merge_named_rows([oka], into, user=None)
    edited = Episode.objects.get(number=1)
    edited.summary = "後から書いた要約。"
    store(edited, user=None)
    into.refresh_from_db()
    into.bio = "後から書いた紹介。"
    into.save()

    kept = undone()

    assert kept == {str(edited): "It was edited since.", "岡部": "It was edited since."}
    after = exported()
    assert Episode.objects.get(number=1).summary == "後から書いた要約。"
    assert [a.speaker.name for a in Episode.objects.get(number=1).appearances.all()] == ["岡部"]
    into.refresh_from_db()
    assert (into.bio, into.aliases) == ("後から書いた紹介。", [])
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert {re.sub(r"\d{4}-\d\d-\d\d-", "", name) for name in changed} == {
        "_posts/ep1.md",
        "_data/episodes/ep1.yml",
        "_data/members.yml",
    }


def test_form_opened_before_a_merge_does_not_bring_the_old_speaker_back(client):
    client.force_login(make_editor())
    old, into = make_speaker(name="岡"), make_speaker(name="岡部")
    episode = make_episode(number="1", speakers=(old,), tags=("光学",))
    url = f"{EPISODES}{episode.pk}/change/"
    form = form_of(client.get(url), "episode_form")
    make_post(tags=("光",))
    merge_named_rows([Tag.objects.get(name="光学")], Tag.objects.get(name="光"), user=None)
    merge_named_rows([old], into, user=None)

    client.post(url, form | {"title": "直した題", "_continue": "1"})

    episode.refresh_from_db()
    assert [a.speaker for a in episode.appearances.all()] == [into]
    assert [tag.name for tag in episode.tags.all()] == ["光"]


def test_merged_thing_follows_its_imported_file_still(tmp_path):
    import_all(copy_site(tmp_path))
    episode = Episode.objects.get(number=1)
    person = episode.appearances.first().speaker

    merge_named_rows([person], make_speaker(name="別の名"), user=None)
    assert not is_edited(Episode.objects.get(number=1))
    undone()

    assert not is_edited(Episode.objects.get(number=1))


def test_deleted_tags_come_back_with_their_uses(exported):
    make_episode(number="1", tags=("光学", "光"), live=True)
    before = exported()

    delete_rows([*Tag.objects.all()], user=None)

    assert not Tag.objects.exists()
    assert undone() == {} and exported() == before


# --- replacing an address ---


def replace(old, new, *things):
    with recording(f"{old} → {new}", user=None) as record:
        for thing in things:
            with record.step():
                replace_address(thing, old, new, user=None)


def test_replaced_address_comes_back_without_the_new_work(exported):
    things = make_episode(number="1", live=True), make_post(body="[例](https://example.org/a)\n", live=True)
    before = exported()

    replace("https://example.org/a", "https://example.com/b", *things)

    assert Work.objects.filter(url__contains="example.com").exists()
    assert undone() == {} and exported() == before


def test_changes_on_top_of_each_other_are_taken_back_in_turn(exported):
    episode = make_episode()
    old, new, newest = (f"https://example.org/{name}" for name in "abc")
    before = exported()
    replace(old, new, episode)
    first, between = last_change(), exported()
    replace(new, newest, episode)

    with pytest.raises(CannotTakeBack, match="edited since"):
        take_back(first, user=None)
    take_back(last_change(), user=None)
    assert exported() == between
    take_back(first, user=None)

    assert exported() == before


# --- imports ---


def run_import(*paths, **options):
    call_command("import_content", *map(str, paths), stdout=StringIO(), **options)


def test_import_into_an_empty_site_is_taken_back_whole(tmp_path, exported):
    before = exported()

    run_import(copy_site(tmp_path))

    assert Episode.objects.exists() and Speaker.objects.exists() and StoredFile.objects.exists()
    assert undone() == {}
    assert exported() == before


def test_import_with_overwrite_gives_back_what_somebody_had_edited(tmp_path, exported):
    site = copy_site(tmp_path)
    run_import(site)
    episode, post = Episode.objects.get(number=1), Post.objects.first()
    for thing in (episode, post):
        thing.title = "手で直した題"
        store(thing, user=make_editor())
    path = next(site.rglob("*-ep1.md"))
    path.write_text(path.read_text() + "\n### 9:00 加えた話\n\n[新しい](https://example.net/new)\n")
    write_file(
        site, "_posts/2026/2026-03-01-ep9.md", "---\nlayout: podcast\ntitle: '9: 新しい'\ntags: [初]\n---\n\n話\n"
    )
    before = exported()

    run_import(site, overwrite=True)

    assert Episode.objects.get(number=1).title != "手で直した題"
    assert undone() == {}
    assert exported() == before
    assert is_edited(Episode.objects.get(number=1))


def test_edit_after_an_import_is_kept_and_told(tmp_path, exported):
    site = copy_site(tmp_path)
    run_import(site)
    made = Episode.objects.get(number=1)
    made.title = "手で直した題"
    store(made, user=make_editor())
    words = {"kept": exported()}

    kept = undone()

    assert [*Episode.objects.all()] == [made]
    assert kept.pop(str(Episode.objects.get())) == "It was edited since."
    assert set(kept.values()) == {"Something else needs it."}
    assert all(words["kept"][name] == text for name, text in exported().items() if "ep1." in name)


def test_import_by_upload_is_an_entry_that_its_report_leads_to(client, exported):
    client.force_login(editor := make_editor())
    before = exported()
    text = "---\nlayout: podcast\ntitle: '7: 題'\nstarring: [新人]\ndate: 2026-01-01\n---\n\n### 話\n\n本文\n"
    client.post("/en/admin/import/", {"file": SimpleUploadedFile("ep7.md", text.encode())})
    run_jobs()
    assert not Change.objects.exists()

    job = client.post("/en/admin/import/", {"job": Job.objects.get().pk})
    run_jobs()

    assert 'href="/en/admin/content/change/"' in client.get(job.url).content.decode()
    assert last_change().user == editor and "ep7.md" in last_change().title
    assert undone(editor) == {} and exported() == before


def test_dry_run_is_no_entry(tmp_path):
    run_import(copy_site(tmp_path), dry_run=True)

    assert not Change.objects.exists()


# --- the feed of a host ---


def test_import_of_a_feed_is_taken_back(feed_of, exported, capsys):  # noqa: F811
    Podcast(pk=1, title="番組").save()
    make_episode(number="57", live=True)
    make_episode(number="58", live=True, audio_url="https://audio.example/58.mp3")
    before = exported()

    call_command("import_feed", feed_of(item("57"), item("58")))

    assert Episode.objects.get(number=57).guid == "host-57" and exported() != before
    with pytest.raises(PermissionDenied):
        undone(make_editor())
    assert undone(make_user(is_superuser=True)) == {}
    assert exported() == before


# --- actions of the lists ---


def choose(client, action, *things, url=EPISODES, **more):
    chosen = {"action": action, "_selected_action": [thing.pk for thing in things], "is_confirmed": "1"}
    return client.post(url, chosen | {f"version-{t.pk}": getattr(t, "version", 1) for t in things} | more, follow=True)


@pytest.mark.parametrize("action", ["publish", "withdraw", "trash", "restore"])
def test_step_of_many_is_taken_back(client, exported, action):
    client.force_login(editor := make_editor())
    things = [make_episode(number=str(n), live=action != "publish") for n in range(1, 4)]
    if action == "restore":
        for thing in things:
            transition(thing, to="trashed", user=None)
    before = exported()

    choose(client, f"{action}_selected", *things, url=EPISODES + ("?state=trashed" if action == "restore" else ""))

    assert last_change().rows.count() == 3
    assert undone(editor) == {} and exported() == before


def test_step_of_several_drafts_is_listed_first(client):
    client.force_login(make_editor())
    drafts = make_episode(title="甲"), make_episode(title="乙")
    chosen = {"action": "trash_selected", "_selected_action": [thing.pk for thing in drafts]}

    asked = client.post(EPISODES, chosen).content.decode()

    assert "甲" in asked and "乙" in asked and not Episode.objects.exclude(deleted_at=None).exists()


def test_marked_hosts_are_unsaid_again(exported):
    oka = make_speaker(name="岡")
    for _n in range(3):
        make_episode(speakers=(oka,)).appearances.update(role="")
    before = exported()

    mark_as_hosts([oka], user=None)

    assert exported() != before
    assert undone() == {} and exported() == before


def test_exchanged_numbers_and_freed_addresses_come_back(client, exported):
    client.force_login(editor := make_editor())
    pair = make_episode(number="1", live=True), make_episode(number="2", live=True)
    before = exported()

    choose(client, "exchange_selected", *pair, what="both")
    assert [str(e.number) for e in Episode.objects.order_by("pk")] == ["2.00", "1.00"]
    assert undone(editor) == {} and exported() == before
    old = pair[0].addresses.get(is_current=False)
    choose(client, "free_selected", old, url="/en/admin/content/path/", is_asked="on")
    assert not pair[0].addresses.filter(is_current=False).exists()

    assert undone(editor) == {} and exported() == before


def test_merged_works_are_two_again(client, exported):
    client.force_login(editor := make_editor())
    make_post(body="[あ](https://example.org/a) [い](https://example.org/b)\n", live=True)
    make_post(body="[あ](https://example.org/a) [い](https://example.org/b)\n", live=True)
    works = [*Work.objects.order_by("pk")]
    before, links = exported(), [*Work.objects.order_by("pk").values_list("pk", "links__url")]

    choose(client, "merge_selected", *works, url="/en/admin/content/work/", into=works[1].pk)

    assert Work.objects.get(pk=works[0].pk).merged_into == works[1]
    assert undone(editor) == {} and exported() == before
    assert [*Work.objects.order_by("pk").values_list("pk", "links__url")] == links


def test_sorted_letters_go_back(client):
    client.force_login(host := make_host())
    letters = make_letter(), make_letter()

    choose(client, "put_aside_selected", *letters, url="/en/admin/episodes/letter/")
    assert {letter.state for letter in type(letters[0]).objects.all()} == {"aside"}

    assert undone(host) == {}
    assert {(letter.state, letter.handled_by) for letter in type(letters[0]).objects.all()} == {("new", None)}


# --- the rules ---


def test_once_and_within_thirty_days():
    episode = make_episode(number="1")
    replace("https://example.org/a", "https://example.org/b", episode)
    change = last_change()
    Change.objects.update(happened_at=timezone.now() - timedelta(days=31))
    with pytest.raises(CannotTakeBack):
        take_back(change, user=None)
    Change.objects.update(happened_at=timezone.now())
    take_back(change, user=None)

    with pytest.raises(CannotTakeBack):
        take_back(change, user=None)


def test_host_takes_back_what_is_a_draft_and_nothing_public():
    host, draft = make_host(), make_post(body="https://example.org/a\n")
    replace("https://example.org/a", "https://example.org/b", draft)
    assert undone(host) == {}
    replace("https://example.org/a", "https://example.org/b", Post.objects.get(), make_episode(live=True))

    with pytest.raises(PermissionDenied):
        undone(host)

    assert "example.org/b" in Post.objects.get().body


def test_refused_undo_writes_nothing(exported):
    make_people()
    oka, into = Speaker.objects.get(name="岡"), Speaker.objects.get(name="岡部")
    merge_named_rows([oka], into, user=None)
    make_speaker(name="岡")
    before = exported()

    with pytest.raises(CannotTakeBack, match="岡"):
        undone()

    assert exported() == before and last_change().taken_back_at is None


def test_what_names_somebody_who_is_gone_stays():
    first, second, third = (make_speaker(name=name) for name in ("甲", "乙", "丙"))
    episode = make_episode(number="1", speakers=(first, second))
    with recording("without the first", user=None) as record, record.step():
        make_post(title="別の記事")
        store(episode, user=None, write_related=lambda: episode.replace_appearances([(second, "host")]))
    change = record.change
    merge_named_rows([first], third, user=None)

    plans = take_back(change, user=None)

    assert [plan.kept for plan in plans if plan.kept] == ["It refers to something that is not there any more."]


def test_made_thing_that_somebody_is_writing_in_stays():
    with recording("made", user=None) as record, record.step():
        post = make_post(title="書きかけ")
        make_post(title="別の記事")
    keep(make_host(), Post, post.pk, "a-key-of-a-form", data="body=まだ保存していない文", base_version=1)

    plans = take_back(record.change, user=None)

    assert "Somebody is writing in it." in [plan.kept for plan in plans] and Post.objects.get() == post


def test_old_entries_are_forgotten():
    replace("https://example.org/a", "https://example.org/b", make_episode())
    Change.objects.update(happened_at=timezone.now() - timedelta(days=31))

    call_command("tick", links=0, stdout=StringIO())

    assert not ChangedRow.objects.exists()


def test_page_says_what_happens_and_undo_names_what_stays(client):
    client.force_login(make_editor())
    things = make_episode(title="甲", live=True), make_episode(title="乙", live=True)
    said = choose(client, "withdraw_selected", *things).content.decode()
    url = re.search(r'formaction="([^"]+)">Undo', said)[1]
    edited = Episode.objects.get(title="甲")
    edited.summary = "後から。"
    store(edited, user=None)
    Change.objects.update(happened_at=timezone.now() - timedelta(hours=1))

    page = client.get(url).content.decode()

    assert "Draft → Published" in page and "It was edited since." in page
    asked = client.post(url).content.decode()
    assert "Take it back" in asked and not Episode.objects.live().exists()
    done = client.post(url, {"is_confirmed": "1"}, follow=True).content.decode()
    assert Episode.objects.live().get().title == "乙"
    assert f'<a href="{EPISODES}{edited.pk}/change/">{edited}</a>: It was edited since.' in done
    assert "taken back" in client.get("/en/admin/content/change/").content.decode()


def test_what_deletes_is_asked_about_even_at_once_and_for_good_twice(client):
    client.force_login(make_editor())
    with recording("made", user=None) as record, record.step():
        make_post()
    letter = make_letter()

    asked = client.post(f"/en/admin/content/change/{record.change.pk}/change/").content.decode()
    good = client.get(f"/en/admin/episodes/letter/{letter.pk}/delete/").content.decode()
    while_ = client.get(f"/en/admin/posts/category/{Post.objects.get().category_id}/delete/").content.decode()
    tag = Tag.objects.create(name="光")
    back = client.get(f"/en/admin/content/tag/{tag.pk}/delete/").content.decode()

    assert "is deleted" in asked and Post.objects.exists()
    assert 'name="is_final" required' in good and 'name="is_final"' not in back + while_
    assert "For 30 days it can be taken back." in back


def test_courses_pages_and_chapters_are_recorded_alike(exported):
    course = make_course(live=True, source="https://example.org/a\n")
    things = course, make_chapter(course=course, source="https://example.org/a\n", live=True), make_page(live=True)
    before = exported()

    replace("https://example.org/a", "https://example.org/b", *things)

    assert undone() == {} and exported() == before


def test_deleting_a_tag_asks_as_often_for_three_things_as_for_one(client):
    def delete(name, count):
        for _each in range(count):
            make_episode(notes="### 0:00 題\n\n本文\n", speakers=(make_speaker(),), tags=(name,), live=True)
        with CaptureQueriesContext(connection) as queries:
            delete_rows([Tag.objects.get(name=name)], user=None)
        return len(queries)

    delete("初", 1)  # content types are asked for once
    few, many = delete("光", 1), delete("波", 3)

    assert many == few
    assert {episode.version for episode in Episode.objects.all()} == {2}
    assert {revision.number for revision in Episode.objects.first().revisions.all()} == {1, 2}
