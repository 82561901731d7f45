from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from episodes.podcast import Podcast
from interaxion.content.jobs.job import Job
from interaxion.content.publishing.working_copies import keep
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from interaxion.desk.pages.link_jobs import queue_link_check
from tests.factories import (
    make_editor,
    make_episode,
    make_host,
    make_letter,
    make_page,
    make_post,
    make_speaker,
    make_user,
)

pytestmark = pytest.mark.django_db


def open_desk(client, user):
    client.force_login(user)
    return client.get("/en/admin/")


def titles(response, name):
    return [entry["title"] for entry in response.context[name]]


def test_desk_shows_what_waits(client):
    host, editor = make_host(), make_editor()
    mine, other = make_episode(title="わたしの草稿"), make_post(title="ほかの人の草稿")
    mine.summary = other.summary = "書き足した。"
    store(mine, user=host)
    store(other, user=editor)
    transition(make_episode(title="確認待ち"), to="review", user=None)
    make_episode(title="予約", publish_at=timezone.now() + timedelta(hours=3))
    make_episode(title="公開", live=True)
    trashed = make_episode(title="捨てた")
    trashed.summary = "書き足した。"
    store(trashed, user=host)
    transition(trashed, to="trashed", user=None)

    page = open_desk(client, host)

    assert titles(page, "my_drafts") == ["1: わたしの草稿"]
    assert titles(page, "in_review") == ["2: 確認待ち"]
    assert titles(page, "scheduled") == ["3: 予約"]
    assert "JST, in 3 hours" in page.content.decode()
    assert titles(open_desk(client, editor), "my_drafts") == ["ほかの人の草稿"]


def test_desk_says_who_handed_over_and_why(client):
    host, editor = make_host(name="host"), make_editor()
    episode = make_episode(title="確認してほしい話")
    transition(episode, to="review", user=host, note="数式だけ見てください")

    (entry,) = open_desk(client, editor).context["in_review"]
    assert (str(entry["who"]), entry["why"]) == ("host", "数式だけ見てください")

    episode.title = "直した題"
    store(episode, user=host)
    transition(episode, to="draft", user=editor, note="出典が足りません")
    assert "出典が足りません" in open_desk(client, host).content.decode()


def test_desk_lists_what_its_reader_worked_on_last_each_once(client):
    host = make_host()
    first, second = make_episode(title="はじめ", live=True), make_post(title="つぎ")
    for thing, title in ((first, "直した題"), (second, "直した記事"), (first, "また直した題")):
        thing.title = title
        store(thing, user=host)

    assert titles(open_desk(client, host), "worked_on") == [str(first), str(second)]
    assert titles(open_desk(client, make_editor()), "worked_on") == []


def test_desk_lists_what_the_show_lacks_to_those_who_can_change_it(client):
    make_episode(live=True, audio_url="https://cdn.example.org/1.mp3", audio_bytes=1, audio_type="audio/mpeg")
    Podcast(pk=1, title="番組", description="物理の話", categories=["Science"], owner_email="a@example.org").save()

    lacking = [sentence for sentence, _url in open_desk(client, make_editor()).context["lacking"]]

    assert len(lacking) == 3 and "artwork" in lacking[0]
    assert open_desk(client, make_host()).context["lacking"] == []


def test_search_of_the_desk_finds_drafts_of_every_kind_that_the_reader_may_see(client):
    make_episode(title="格子の話")
    make_post(title="格子の記事")
    make_speaker(name="格子さん")
    Group.objects.create(name="nobody")
    client.force_login(make_host())

    page = client.get("/en/admin/search/?q=格子").content.decode()

    assert all(title in page for title in ("格子の話", "格子の記事", "格子さん"))
    client.force_login(make_user(group="nobody"))
    assert "格子の" not in client.get("/en/admin/search/?q=格子").content.decode()
    assert client.get("/en/admin/search/?q=%00").status_code == 200


def test_draft_with_the_speaker_of_an_account_is_theirs_too(client):
    host = make_host()
    mine = make_speaker(name="わたし")
    mine.user = host
    mine.save()
    draft = make_episode(title="わたしが話す", speakers=(mine,))
    make_episode(title="ほかの人だけ", speakers=(make_speaker(name="ほかの人"),))

    assert titles(open_desk(client, host), "my_drafts") == [str(draft)]


def test_desk_says_what_the_next_episode_lacks(client):
    make_episode(number="9", live=True)
    make_episode(number="3", title="忘れた草稿")
    make_episode(number="11", title="あとの話")
    make_episode(number="10", title="つぎの話")

    page = open_desk(client, make_host())

    assert page.context["next_episode"]["title"] == "10: つぎの話"
    assert "There is neither audio nor a player." in page.content.decode()


def test_desk_shows_unsaved_text_to_its_writer(client):
    host = make_host()
    episode = make_episode()
    keep(host, type(episode), episode.pk, "a-key-of-a-form", data=urlencode({"title": "打ちかけ"}), base_version=1)
    keep(host, type(episode), None, "a-key-of-another", data=urlencode({"title": "新しい話"}), base_version=0)

    assert set(titles(open_desk(client, host), "unsaved")) == {"打ちかけ", "新しい話"}
    assert titles(open_desk(client, make_editor()), "unsaved") == []


def test_desk_shows_no_unsaved_text_of_what_lies_in_the_trash(client):
    host = make_host()
    episode = make_episode()
    keep(host, type(episode), episode.pk, "a-key-of-a-form", data=urlencode({"title": "打ちかけ"}), base_version=1)
    keep(host, type(episode), 9999, "a-key-of-another", data=urlencode({"title": "消えた話"}), base_version=1)
    transition(episode, to="trashed", user=None)

    assert titles(open_desk(client, host), "unsaved") == []
    transition(episode, to="draft", user=None)
    assert titles(open_desk(client, host), "unsaved") == ["打ちかけ"]


def test_desk_shows_nothing_that_its_reader_may_not_see(client):
    transition(make_page(title="見えない頁"), to="review", user=None)

    assert titles(open_desk(client, make_host()), "in_review") == []
    assert titles(open_desk(client, make_editor()), "in_review") == ["見えない頁"]


def test_desk_shows_the_jobs_of_its_reader_that_are_not_long_over(client):
    host = make_host()
    queue_link_check(make_episode(title="走る"), host)
    queue_link_check(make_episode(title="他人の"), make_host())
    over = queue_link_check(make_episode(title="昔の"), host)
    Job.objects.filter(pk=over.pk).update(state="done", ended_at=timezone.now() - timedelta(days=2))

    page = open_desk(client, host).content.decode()

    assert "走る" in page and "waiting" in page
    assert not any(f"Check of the links of “{episode}" in page for episode in ("2: 他人の", "3: 昔の"))


def test_desk_shows_the_newest_letters_to_those_who_may_read_them(client):
    for number in range(14):
        make_letter(body=f"{number}通め", name="ある人")
    make_letter(body="よけた一通", state="aside")

    page = open_desk(client, make_host())

    assert titles(page, "letters") == [f"{number}通め" for number in range(13, 1, -1)]
    assert "Letters: 14 new ones" in page.content.decode() and "All new letters" in page.content.decode()
    reader = make_user(group=Group.objects.create(name="reader").name)
    assert "通め" not in open_desk(client, reader).content.decode()


def test_desk_asks_as_often_for_much_as_for_little(client):
    editor, host = make_editor(), make_host()

    def fill():
        episode, post = make_episode(speakers=(make_speaker(),), live=True), make_post()
        episode.summary = post.summary = "書き足した。"
        store(episode, user=host)
        store(post, user=editor)
        transition(make_episode(), to="review", user=None)
        make_episode(publish_at=timezone.now() + timedelta(days=1))
        copy = keep(host, type(episode), episode.pk, f"a-key-of-{episode.pk}", data="title=x", base_version=1)
        copy.submitted_at = timezone.now()
        copy.save()
        make_letter()
        queue_link_check(post, editor)

    def count():
        ContentType.objects.clear_cache()
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/en/admin/").status_code == 200
        return len(queries)

    fill()
    client.force_login(editor)
    few = count()
    for _ in range(3):
        fill()

    assert count() == few
