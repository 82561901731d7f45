"""Two people at once: what can be put together is, what cannot is asked about, and no text is lost."""

import pytest

from episodes.models import Episode
from interaxion.content.publishing.revisions import Revision
from tests.admin_forms import form_of
from tests.factories import make_editor, make_episode, make_host, make_post, make_speaker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ADMIN = "/en/admin/episodes/episode/"
TIMED = "### 0:00 はじめに\n\n本文です。\n\n### 1:30 つぎの話\n\n続きです。\n\n### お知らせ\n\nおたより\n"


@pytest.fixture
def host(client):
    user = make_host(name="host")
    client.force_login(user)
    return user


@pytest.fixture
def episode(host):
    return make_episode(notes=TIMED, title="もとの題", tags=("格子",), speakers=(make_speaker(name="青木"),))


def load(client, episode, query=""):
    return form_of(client.get(f"{ADMIN}{episode.pk}/change/{query}"), "episode_form")


def save(client, episode, data, **kwargs):
    return client.post(f"{ADMIN}{episode.pk}/change/", data | {"_continue": "1"}, **kwargs)


def sections_of(episode):
    return [(section.starts_at, section.heading, section.body) for section in episode.sections.all()]


def test_changes_to_different_sections_and_fields_are_merged_with_a_message(client, episode):
    mine, theirs = load(client, episode), load(client, episode)
    keys = {section.heading: section.key for section in episode.sections.all()}
    assert save(client, episode, theirs | {"title": "先の題", "sections-0-body": "先の文"}).status_code == 302

    answer = save(client, episode, mine | {"sections-1-starts_at": "2:00", "tags": "格子, 光"}, follow=True)

    assert "Saved together with what was saved meanwhile (version 2)" in answer.content.decode()
    assert "title, section “はじめに”: links and commentary" in answer.content.decode()
    stored = Episode.objects.get()
    assert (stored.title, stored.version) == ("先の題", 3)
    assert sections_of(episode) == [
        (0, "はじめに", "先の文"),
        (120, "つぎの話", "続きです。"),
        (None, "お知らせ", "おたより"),
    ]
    assert {section.heading: section.key for section in episode.sections.all()} == keys
    assert {tag.name for tag in stored.tags.all()} == {"格子", "光"}


@pytest.mark.parametrize(("first", "second"), [("?notes=document", "?notes=rows"), ("?notes=rows", "?notes=document")])
def test_document_and_rows_are_merged(client, episode, first, second):
    theirs, mine = load(client, episode, first), load(client, episode, second)

    def change(data, old, new):
        return {name: value.replace(old, new) if isinstance(value, str) else value for name, value in data.items()}

    assert save(client, episode, change(theirs, "本文です。", "先の文")).status_code == 302
    assert save(client, episode, change(mine, "おたより", "わたしの文")).status_code == 302

    assert [body for _t, _h, body in sections_of(episode)] == ["先の文", "続きです。", "わたしの文"]


def test_speaker_removed_by_one_and_added_by_the_other(client, episode):
    new = make_speaker(name="新しい人")
    mine, theirs = load(client, episode), load(client, episode)
    assert save(client, episode, theirs | {"appearances-0-DELETE": "on"}).status_code == 302
    mine |= {
        "appearances-TOTAL_FORMS": "2",
        "appearances-1-speaker": str(new.pk),
        "appearances-1-role": "guest",
        "appearances-1-position": "9",
    }

    assert save(client, episode, mine).status_code == 302

    assert [a.speaker.name for a in episode.appearances.all()] == ["新しい人"]


def test_both_adding_the_same_speaker_is_one(client, episode):
    new = make_speaker(name="新しい人")
    added = {
        "appearances-TOTAL_FORMS": "2",
        "appearances-1-speaker": str(new.pk),
        "appearances-1-role": "guest",
        "appearances-1-position": "9",
    }
    mine, theirs = load(client, episode), load(client, episode)
    assert save(client, episode, theirs | added).status_code == 302

    assert save(client, episode, mine | added | {"title": "わたしの題"}).status_code == 302

    assert [a.speaker.name for a in episode.appearances.all()] == ["青木", "新しい人"]


def conflict(client, episode):
    """A page that asks about the second section; theirs has another title, too."""
    mine, theirs = load(client, episode), load(client, episode)
    save(client, episode, theirs | {"sections-1-body": "先の人の文", "title": "先の題"})
    return save(client, episode, mine | {"sections-1-body": "わたしの人の文", "sections-2-body": "わたしのお知らせ"})


def test_conflict_shows_both_with_the_difference_and_stores_nothing(client, episode):
    page = conflict(client, episode)

    text = page.content.decode()
    assert page.status_code == 200
    assert "You changed this elsewhere, too" in text
    assert "<del>先の</del><ins>わたしの</ins>人の文" in text
    assert "section “つぎの話”: links and commentary" in text
    assert "わたしの人の文" in form_of(page, "episode_form")["notes"]
    assert Episode.objects.get().version == 2


def test_conflict_saved_as_mine(client, episode):
    data = form_of(conflict(client, episode), "episode_form")

    assert save(client, episode, data | {"on_top_of": "2"}).status_code == 302

    assert [body for _t, _h, body in sections_of(episode)] == ["本文です。", "わたしの人の文", "わたしのお知らせ"]
    assert Episode.objects.get().title == "先の題"
    assert "先の人の文" in str(Revision.objects.get(number=2).data)


def test_conflict_saved_as_theirs_keeps_mine_as_a_revision(client, episode):
    data = form_of(conflict(client, episode), "episode_form")

    assert save(client, episode, data | {"follow_theirs": "2"}).status_code == 302

    assert [body for _t, _h, body in sections_of(episode)] == ["本文です。", "先の人の文", "わたしのお知らせ"]
    stored = Episode.objects.get()
    assert (stored.title, stored.version) == ("先の題", 4)
    aside, last = Revision.objects.get(number=3), Revision.objects.get(number=4)
    assert "わたしの人の文" in str(aside.data) and "Left out" in aside.note
    assert "わたしの人の文" not in str(last.data)


def test_conflict_is_decided_place_by_place(client, episode):
    mine, theirs = load(client, episode), load(client, episode)
    save(client, episode, theirs | {"sections-1-body": "先の文", "title": "先の題"})
    page = save(client, episode, mine | {"sections-1-body": "わたしの文", "title": "わたしの題"})

    data = form_of(page, "episode_form") | {"on_top_of": "2", "take_theirs": ["title"]}
    assert save(client, episode, data).status_code == 302

    assert Episode.objects.get().title == "先の題"
    assert episode.sections.get(heading="つぎの話").body == "わたしの文"
    assert "わたしの題" in str(Revision.objects.get(number=3).data)


def test_third_save_meanwhile_is_asked_about_again(client, episode):
    data = form_of(conflict(client, episode), "episode_form")
    third = load(client, episode)
    assert save(client, episode, third | {"sections-1-body": "三人目の文"}).status_code == 302

    page = save(client, episode, data | {"on_top_of": "2"})

    assert page.status_code == 200 and "<del>三人目</del>" in page.content.decode()
    assert Episode.objects.get().version == 3


def test_stale_form_with_an_error_says_so_and_stays_mine(client, episode):
    mine, theirs = load(client, episode), load(client, episode)
    save(client, episode, theirs | {"title": "先の題"})

    page = save(client, episode, mine | {"number": "many", "sections-1-body": "わたしの文"})

    assert page.status_code == 200 and "Enter a number" in page.content.decode()
    assert "わたしの文" in page.content.decode()
    assert Episode.objects.get().version == 2


def test_difference_is_escaped(client, episode):
    evil = "<script>alert(1)</script>"
    mine, theirs = load(client, episode), load(client, episode)
    save(client, episode, theirs | {"sections-1-body": f"先 {evil}", "title": "&lt;b&gt;"})

    page = save(client, episode, mine | {"sections-1-body": f"わたし {evil}", "title": "<i>"}).content.decode()

    assert evil not in page and "&lt;script&gt;" in page
    assert "<i>" not in page.replace("<i></i>", "")


def test_posts_are_merged_too(client, host):
    client.force_login(make_editor())
    post = make_post(title="題", body="もとの文\n", authors=(make_speaker(name="青木"),))
    url = f"/en/admin/posts/post/{post.pk}/change/"
    mine, theirs = (form_of(client.get(url), "post_form") for _ in range(2))
    assert client.post(url, theirs | {"body": "先の文", "publish_at": "2027-01-02T03:04:05"}).status_code == 302

    assert client.post(url, mine | {"title": "わたしの題"}).status_code == 302

    post.refresh_from_db()
    assert (post.title, post.body, post.version) == ("わたしの題", "先の文", 3)
    assert post.publish_at.isoformat().startswith("2027-01-01T18:04:05")
    assert [author.name for author in post.authors.all()] == ["青木"]
