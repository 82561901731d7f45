"""Correcting a transcript: saves are checked and merged line by line, and what is typed is kept."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from episodes.desk.transcript.typed import Typed, as_typed
from episodes.models import Transcript
from episodes.podcast import Podcast
from interaxion.content.jobs.job import Job
from interaxion.content.publishing.working_copies import WorkingCopy
from interaxion.text.transcripts.cues import Cue
from tests.factories import make_editor, make_episode, make_host, make_transcript

pytestmark = pytest.mark.django_db

KEY = "key-of-this-page"
CUES = (Cue(0, 4, "漁師の話です。", "S1"), Cue(4, 8.5, "ええ。", "S2"), Cue(9, 12, "終わり。", "S1"))


@pytest.fixture
def episode(client):
    client.force_login(make_editor())
    episode = make_episode(number="57")
    make_transcript(episode=episode, cues=CUES, published=False)
    with override("en"):
        yield episode


def address(episode, view=""):
    return reverse(f"admin:episodes_episode_transcript{view and f'_{view}'}", args=[episode.pk])


def rows(**texts):
    """The lines of CUES with other texts: `_1="…"` for the second one."""
    return [[cue.start, cue.end, texts.get(f"_{place}", cue.text), cue.speaker] for place, cue in enumerate(CUES)]


def form(lines, *, language="ja", is_published=False):
    return as_typed(Typed(lines, language, is_published))


def save(client, episode, data, *, base=1, **more):
    return client.post(address(episode, "save"), {"data": data, "base": base, "key": KEY, **more})


def texts(episode):
    return [row[2] for row in Transcript.objects.get(episode=episode).cues]


def test_lines_are_saved_as_a_version_and_the_copy_is_closed(client, episode):
    client.post(address(episode, "autosave"), {"key": KEY, "data": form(rows(_0="量子")), "base": 1})
    assert WorkingCopy.objects.get().data

    answer = save(client, episode, form([[0, 3, " 量子の話 ", "岡"], [3, 4, "", ""], [1, 2, "先", ""]])).json()

    stored = Transcript.objects.get(episode=episode)
    assert stored.cues == [[0, 3, "量子の話", "岡"], [1, 2, "先", ""]]
    assert (answer["version"], stored.version, stored.revisions.count()) == (2, 2, 2)
    assert WorkingCopy.objects.get().closed_at
    assert answer["key"] != KEY


def test_two_hours_of_lines_are_saved(client, episode):
    lines = [[n, n + 1, f"文{n}", "S1"] for n in range(7200)]

    assert save(client, episode, form(lines)).status_code == 200
    assert len(texts(episode)) == 7200


def test_lines_of_two_people_are_put_together(client, episode):
    save(client, episode, form(rows(_2="おわり。")))

    answer = save(client, episode, form(rows(_0="量子の話です。")))

    assert (answer.status_code, answer.json()["isMerged"]) == (200, True)
    assert texts(episode) == ["量子の話です。", "ええ。", "おわり。"]


def test_line_that_both_changed_asks_whose_stands(client, episode):
    save(client, episode, form(rows(_0="両氏の話です。")))

    asked = save(client, episode, form(rows(_0="量子の話です。", _1="はい。")))
    assert (asked.status_code, texts(episode)[0]) == (409, "両氏の話です。")
    assert "1 of the lines" in asked.json()["error"]
    save(client, episode, form(rows(_0="量子の話です。", _1="はい。")), follow="theirs")
    assert texts(episode)[:2] == ["両氏の話です。", "はい。"]
    save(client, episode, form(rows(_0="量子の話です。", _1="はい。")), follow="mine")

    assert texts(episode)[:2] == ["量子の話です。", "はい。"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "arrive whole"),
        ("lines=[[0,1,%22x", "arrive whole"),
        ("lines=[[0,1,%22x%22]]", "arrive whole"),
        ('lines=[[0,"1","x",""]]', "arrive whole"),
        ('lines=[[0,NaN,"x",""]]', "arrive whole"),
        (form([[0, 1, "x\0", ""]]), "arrive whole"),
        (form([[0, 1, "x", ""], [5, 2, "y", ""]]), "Line 2: this ends before it begins"),
        (form([[0, 1, "x" * 6000, ""]]), "Line 1"),
        (form([[0, 1, "x", ""]], language="xx"), "xx"),
        (form([], is_published=True), "no transcript to publish"),
    ],
)
def test_what_cannot_be_saved_is_told_and_nothing_is_lost(client, episode, data, said):
    answer = save(client, episode, data)

    assert (answer.status_code, said in answer.json()["error"]) == (422, True), answer.json()
    assert Transcript.objects.get(episode=episode).version == 1


def test_kept_lines_are_offered_and_shown_unsaved(client, episode):
    client.post(address(episode, "autosave"), {"key": KEY, "data": form(rows(_0="量子")), "base": 1})

    assert "What you wrote until" in client.get(address(episode)).content.decode()
    shown = client.post(address(episode, "recover"), {"key": KEY})
    assert (shown.context["unsaved"], shown.context["rows"][0][2], shown.context["base"]) == ("kept", "量子", 1)
    assert client.get(reverse("admin:index")).status_code == 200
    client.post(address(episode, "recover"), {"key": KEY, "discard": "1"})

    assert client.post(address(episode, "recover"), {"key": KEY}).status_code == 404


def test_older_version_is_shown_without_a_save(client, episode):
    save(client, episode, form(rows(_0="量子")))

    shown = client.get(address(episode), {"version": "1"})

    assert (shown.context["rows"][0][2], shown.context["base"]) == ("漁師の話です。", 2)
    assert client.get(address(episode), {"version": "7"}).status_code == 404
    assert Transcript.objects.get(episode=episode).version == 2


def test_words_of_the_show_are_proposed_and_kept(client, episode):
    data = {"data": form(rows()), "wrong": "漁師", "right": "量子", "keep": "on"}

    answer = client.post(address(episode, "words"), data).json()

    assert answer["changes"] == [[0, "漁師の話です。", "量子の話です。"]]
    assert Podcast.current().misheard_words == ["漁師 → 量子"]
    again = client.post(address(episode, "words"), {"data": form(rows())}).json()
    assert again["changes"] == answer["changes"]
    assert texts(episode)[0] == "漁師の話です。"
    assert client.post(address(episode, "words"), data | {"right": ""}).status_code == 422


def test_host_may_not_add_to_the_words_of_the_show(client, episode):
    client.force_login(make_host())

    answer = client.post(address(episode, "words"), {"data": form([]), "wrong": "a", "right": "b", "keep": "on"})

    assert (answer.status_code, Podcast.current().misheard_words) == (403, [])


def test_host_does_not_publish_the_transcript_of_something_published(client):
    episode = make_episode(live=True)
    make_transcript(episode=episode, cues=CUES, published=False)
    client.force_login(make_host())

    answer = save(client, episode, form(rows(), is_published=True))

    assert (answer.status_code, Transcript.objects.get().is_published) == (403, False)


def test_button_transcribes_where_a_program_is_set(client, episode, settings):
    client.post(address(episode, "transcribe"))
    assert not Job.objects.exists()
    settings.TRANSCRIBE_COMMAND = "/bin/true"
    type(episode).objects.update(audio_url="https://example.org/1.mp3")

    assert "Transcribe</button>" in client.get(address(episode)).content.decode()
    answer = client.post(address(episode, "transcribe"))

    assert answer["Location"] == reverse("admin:job", args=[Job.objects.get().pk])
