"""An episode's files: the draft, the published form, the short notes, in every order."""

import os
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from episodes.models import Episode, Speaker
from episodes.people.host_proposals import mark_as_hosts
from interaxion.content.publishing.revisions import snapshot
from interaxion.content.publishing.working_copies import WorkingCopy
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from tests.factories import make_editor, make_episode, make_speaker
from tests.imports import DATA, copy_site, import_all, import_text, messages, write_file

pytestmark = pytest.mark.django_db

DEMO_AUDIO = Path(settings.BASE_DIR) / "interaxion/sitewide/demo/site/assets/audio"
DRAFT = """---
layout: podcast-draft
title: "3: 定在波のすわり心地"
permalink: /3-draft
starring: [みなも]
anchorEmbedding: <iframe src=""></iframe>
tags: [定在波]
---

### 弦の節

- 動かないところ

### 太鼓の皮

- 割り切れない

### お知らせ

- おたよりを待っています
"""
PUBLISHED = (
    DRAFT.replace("podcast-draft", "podcast")
    .replace("/3-draft", "/3")
    .replace('src=""', 'src="https://open.spotify.com/embed/episode/4rOoJ6Egrf8K2IrywzwOMk"')
    .replace("tags:", "date: 2026-06-01 07:00:00 +0900\ntags:")
    .replace("### 弦", "### 1:30 弦")
    .replace("### 太鼓", "### 01:02:03 太鼓")
)
SHORT = (DATA / "short-notes-1.md").read_text()


def headings(episode: Episode) -> list[tuple[int | None, int, str]]:
    return [(section.starts_at, section.level, section.heading) for section in episode.sections.all()]


def test_draft_form_is_read_whole(tmp_path):
    site = copy_site(tmp_path)
    make_speaker(name="みなも", aliases=["minamo"])

    (outcome,) = import_all(site / "_drafts/2026-05-01-ep3.md")

    episode = Episode.objects.get()
    assert (episode.number, episode.title, episode.path) == (Decimal(3), "定在波のすわり心地", "/3-draft")
    assert episode.status == "draft"
    assert (episode.player_provider, episode.player_id) == ("", "")
    assert headings(episode) == [
        (None, 3, "弦の節"),
        (None, 3, "太鼓の皮 $J_0$"),
        (None, 3, "動画"),
        (None, 4, "見どころ"),
        (None, 3, "お知らせ"),
    ]
    assert [str(speaker) for speaker in episode.speakers.order_by("appearances__position")] == [
        "みなも",
        "しぶき",
        "はじめての人",
    ]
    assert "5: a speaker of this name is made: はじめての人" in messages(outcome)
    assert "twitter-tweet" in episode.sections.get(heading__startswith="太鼓").body
    assert "<script" not in episode.html


def test_published_form_is_read_whole(tmp_path):
    site = copy_site(tmp_path)

    import_all(site / "_posts/2026/2026-01-10-ep1.md")

    episode = Episode.objects.get()
    assert headings(episode) == [
        (None, 3, ""),
        (0, 3, "近況"),
        (90, 3, "石を投げる [実験](https://waves.example/stone)"),
        (850, 4, "**波紋**の幅"),
        (6505, 3, "お知らせ"),
    ]
    assert episode.player_provider == "spotify"
    assert episode.artwork.name.startswith("pictures/")
    assert episode.publish_at.isoformat() == "2026-01-09T15:00:00+00:00"
    assert episode.is_live()
    assert episode.sections.get(starts_at=90).imported_anchor


def test_unknown_keys_are_kept_and_reported(tmp_path):
    site = copy_site(tmp_path)

    (outcome,) = import_all(site / "_posts/2026/2026-01-24-ep1.5.md")

    assert "9: unknown key, kept: mood" in messages(outcome)
    episode = Episode.objects.get(number=Decimal("1.5"))
    assert episode.path == "/1-5"


def test_published_form_promotes_the_draft(tmp_path, client):
    import_text(tmp_path, DRAFT, name="_drafts/ep3.md")
    draft = Episode.objects.get()
    keys = dict(draft.sections.values_list("heading", "key"))

    outcome = import_text(tmp_path, PUBLISHED, name="_posts/2026-06-01-ep3.md")

    episode = Episode.objects.get()
    assert (outcome.action, episode.pk, episode.path) == ("updated", draft.pk, "/3")
    assert episode.is_live()
    assert dict(episode.sections.values_list("heading", "key")) == keys
    assert client.get("/3-draft")["Location"] == "/3"


def test_draft_after_the_published_form_changes_nothing(tmp_path, client):
    import_text(tmp_path, PUBLISHED, name="_posts/2026-06-01-ep3.md")
    before = snapshot(Episode.objects.get())

    first = import_text(tmp_path, DRAFT, name="_drafts/ep3.md")
    second = import_text(tmp_path, DRAFT, name="_drafts/ep3.md")

    assert (first.action, second.action) == ("skipped", "unchanged")
    assert "published already" in messages(first)[0]
    assert snapshot(Episode.objects.get()) == before
    assert client.get("/3-draft")["Location"] == "/3"


def test_file_that_takes_itself_back_does_so(tmp_path):
    import_text(tmp_path, PUBLISHED)

    import_text(tmp_path, PUBLISHED.replace("tags:", "published: false\ntags:"))

    assert Episode.objects.get().status == "draft"


def test_status_that_a_person_has_set_stays(tmp_path):
    import_text(tmp_path, DRAFT, name="_drafts/ep3.md")
    transition(Episode.objects.get(), to="published", user=make_editor(), is_confirmed=True)

    outcome = import_text(tmp_path, DRAFT + "\n- もうひとつ\n", name="_drafts/ep3.md")

    episode = Episode.objects.get()
    assert outcome.action == "updated"
    assert any("the status stays" in message for message in messages(outcome))
    assert (episode.status, episode.path) == ("published", "/3")


def test_episode_that_a_person_has_made_is_not_overwritten(tmp_path):
    episode = make_episode(number="3", title="手で作った回")

    outcome = import_text(tmp_path, PUBLISHED)

    episode.refresh_from_db()
    assert (outcome.action, episode.title) == ("skipped", "手で作った回")


def test_short_notes_make_an_episode_where_there_is_none(tmp_path):
    outcome = import_text(tmp_path, SHORT)

    episode = Episode.objects.get()
    assert (episode.number, episode.title, episode.status) == (Decimal(1), "さざ波", "draft")
    assert headings(episode) == [(0, 3, "近況"), (90, 3, "石を投げる")]
    assert episode.distribution_notes == SHORT
    assert "完全版" not in episode.summary
    assert any("--publish-at" in message for message in messages(outcome))


def test_short_notes_leave_full_notes_alone(tmp_path):
    site = copy_site(tmp_path)
    import_all(site / "_posts/2026/2026-01-10-ep1.md")
    before = snapshot(Episode.objects.get())

    outcome = import_text(tmp_path, SHORT)

    after = snapshot(Episode.objects.get())
    assert outcome.action == "updated"
    assert after["fields"].pop("distribution_notes") == SHORT
    before["fields"].pop("distribution_notes")
    assert after == before
    assert Episode.objects.get().status == "published"


def test_full_notes_replace_what_came_from_short_ones(tmp_path):
    import_text(tmp_path, SHORT, name="ep1.md")
    keys = set(Episode.objects.get().sections.values_list("key", flat=True))
    site = copy_site(tmp_path)

    (outcome,) = import_all(site / "_posts/2026/2026-01-10-ep1.md")

    episode = Episode.objects.get()
    assert (outcome.action, episode.status) == ("updated", "published")
    assert len(headings(episode)) == 5
    assert keys <= set(episode.sections.values_list("key", flat=True))
    assert episode.distribution_notes == SHORT


def test_short_notes_join_what_a_person_wrote(tmp_path):
    episode = make_episode(number="1", title="手で作った回")

    outcome = import_text(tmp_path, SHORT)

    episode.refresh_from_db()
    assert (outcome.action, episode.title, episode.distribution_notes) == ("updated", "手で作った回", SHORT)


def test_short_notes_that_a_person_has_changed_stay(tmp_path):
    import_text(tmp_path, SHORT)
    episode = Episode.objects.get()
    episode.distribution_notes = "手で直したもの\n"
    store(episode, user=None)

    outcome = import_text(tmp_path, SHORT.replace("凍り", "とけ"))

    episode.refresh_from_db()
    assert (outcome.action, episode.distribution_notes) == ("updated", "手で直したもの\n")
    (copy,) = WorkingCopy.objects.submitted()
    assert "とけ" in copy.snapshot["fields"]["distribution_notes"]


def test_short_notes_of_two_numbers_are_refused_until_one_is_given(tmp_path):
    text = SHORT.replace("/1)。", "/2)。")

    outcome = import_text(tmp_path, text)
    assert "file.md:1:" in str(outcome.problem)
    assert "line 4" in str(outcome.problem)
    assert "--number 2" in str(outcome.problem)
    assert not Episode.objects.exists()

    outcome = import_text(tmp_path, text, number=Decimal(2))
    assert Episode.objects.get().number == 2
    assert any("look like those of episode 1" in message for message in messages(outcome))


def test_number_is_for_one_file(tmp_path):
    write_file(tmp_path, "a/ep1.md", SHORT)
    write_file(tmp_path, "a/ep2.md", SHORT.replace("Ep. 1", "Ep. 2"))

    outcomes = import_all(tmp_path / "a", number=Decimal(3))

    assert [str(outcome.action) for outcome in outcomes] == ["failed"]
    assert not Episode.objects.exists()


def test_audio_of_the_site_is_kept_and_measured(tmp_path):
    write_file(tmp_path, "_config.yml", "title: a\n")
    shutil.copytree(DEMO_AUDIO, tmp_path / "assets/audio")
    text = PUBLISHED.replace("tags:", "audio: episode1.mp3\ntags:")

    import_all(write_file(tmp_path, "_posts/2026-06-01-ep3.md", text))

    episode = Episode.objects.get()
    assert episode.audio_file.name.startswith("audio/")
    assert episode.audio_bytes == (DEMO_AUDIO / "episode1.mp3").stat().st_size
    assert episode.audio_type == "audio/mpeg"
    assert episode.audio_seconds > 10


def test_audio_elsewhere_keeps_its_address(tmp_path):
    audio = "audio: https://a.example/3.mp3\nbytes: 123\nseconds: 1:02\n"

    import_text(tmp_path, PUBLISHED.replace("tags:", f"{audio}tags:"))

    episode = Episode.objects.get()
    assert (episode.audio_url, episode.audio_bytes, episode.audio_seconds) == ("https://a.example/3.mp3", 123, 62)


@pytest.mark.parametrize("audio", ["missing.mp3", "broken.mp3"])
def test_audio_that_cannot_be_had_stops_nothing(tmp_path, audio):
    write_file(tmp_path, "_config.yml", "title: a\n")
    write_file(tmp_path, "assets/audio/broken.mp3", b"no audio at all")
    text = PUBLISHED.replace("tags:", f"audio: {audio}\ntags:")

    (outcome,) = import_all(write_file(tmp_path, "_posts/2026-06-01-ep3.md", text))

    assert outcome.action == "created"
    assert any(audio in message for message in messages(outcome))


def test_import_says_no_role_that_the_file_does_not_say(tmp_path):
    import_text(
        tmp_path, PUBLISHED.replace("みなも]", "みなも, {name: しぶき, role: ゲスト}, {name: なぎさ, role: 司会}]")
    )

    roles = dict(Episode.objects.get().appearances.values_list("speaker__name", "role"))
    assert roles == {"みなも": "", "しぶき": "guest", "なぎさ": ""}


def test_role_of_the_file_is_told_where_nobody_knows_it(tmp_path):
    outcome = import_text(tmp_path, PUBLISHED.replace("みなも]", "{name: なぎさ, role: 司会}]"))

    assert any("the role 司会 is not taken" in message for message in messages(outcome))


UNNUMBERED = "---\nlayout: podcast\ntitle: '{}'\ndate: 2026-01-0{}\n---\n### 0:00 あ\n\n本文\n"


def numbers() -> list[tuple[str, str]]:
    return [(episode.spelled_number, episode.title) for episode in Episode.objects.order_by("pk")]


def test_episodes_without_a_number_all_come_in_and_stay_the_same(tmp_path):
    for day, title in enumerate(("番外編", "特別編", "予告"), start=1):
        write_file(tmp_path, f"_posts/2026-01-0{day}-{day}.md", UNNUMBERED.format(title, day))
        write_file(tmp_path, f"_drafts/{day}.md", UNNUMBERED.format(f"{title}の案", day))

    first = import_all(tmp_path)
    before = numbers()

    assert [outcome.action for outcome in first] == ["created"] * 6
    assert sorted(before) == sorted([("", t + s) for t in ("番外編", "特別編", "予告") for s in ("", "の案")])
    assert [outcome.action for outcome in import_all(tmp_path)] == ["unchanged"] * 6
    write_file(tmp_path, "_drafts/1.md", UNNUMBERED.format("番外編の案、改", 1))
    assert sorted(outcome.action for outcome in import_all(tmp_path)) == ["unchanged"] * 5 + ["updated"]
    assert len(numbers()) == 6


def test_episode_that_got_its_number_here_is_known_by_its_file(tmp_path):
    write_file(tmp_path, "_drafts/next.md", UNNUMBERED.format("案", 1))
    import_all(tmp_path)
    episode = Episode.objects.get()
    episode.number = Decimal(9)
    store(episode, user=None)

    assert [outcome.action for outcome in import_all(tmp_path)] == ["unchanged"]
    assert numbers() == [("9", "案")]


def test_numbers_in_the_words_of_titles_are_read(tmp_path):
    write_file(tmp_path, "_posts/2026-01-01-a.md", UNNUMBERED.format("Episode 1: Hello", 1))
    write_file(tmp_path, "_posts/2026-01-02-b.md", UNNUMBERED.format("第2回 ふたたび", 2))

    import_all(tmp_path)

    assert numbers() == [("1", "Hello"), ("2", "ふたたび")]


def test_number_in_words_that_is_taken_leaves_the_second_without_one(tmp_path):
    second = write_file(tmp_path, "_posts/2026-01-02-b.md", UNNUMBERED.format("Episode 1: Again", 2))
    write_file(tmp_path, "_posts/2026-01-01-a.md", UNNUMBERED.format("Episode 1: Hello", 1))

    outcomes = import_all(tmp_path)

    assert numbers() == [("1", "Hello"), ("", "Episode 1: Again")]
    assert "3: another file is episode 1: this one comes in without a number" in messages(outcomes[1])
    assert [outcome.action for outcome in import_all(tmp_path)] == ["unchanged"] * 2
    assert [outcome.action for outcome in import_all(second)] == ["unchanged"]
    assert len(numbers()) == 2


def test_guest_stays_a_guest(tmp_path):
    import_text(tmp_path, PUBLISHED)
    Episode.objects.get().appearances.update(role="guest")

    import_text(tmp_path, PUBLISHED.replace("みなも]", "みなも, しぶき]"))

    roles = dict(Episode.objects.get().appearances.values_list("speaker__name", "role"))
    assert roles == {"みなも": "guest", "しぶき": ""}
    assert Speaker.objects.count() == 2


def test_changed_file_updates_an_episode_whose_host_was_marked(tmp_path):
    import_text(tmp_path, PUBLISHED)
    mark_as_hosts(Speaker.objects.all(), user=make_editor())

    outcome = import_text(tmp_path, PUBLISHED.replace("弦の節", "弦の腹"))

    assert (outcome.action, Episode.objects.get().appearances.get().role) == ("updated", "host")
    assert "弦の腹" in "".join(section.heading for section in Episode.objects.get().sections.all())


@pytest.fixture
def seeds() -> Path:
    return Path(os.environ["CORPUS"]).parent / "seeds"


@pytest.mark.corpus
def test_seed_draft_has_five_sections_and_its_four_speakers(seeds):
    (outcome,) = import_all(seeds / "001_fc6641cd364af4f2.txt")

    episode = Episode.objects.get()
    assert (outcome.action, episode.path, episode.spelled_number) == ("created", "/57-draft", "57")
    assert episode.title == "Markovian Peer Review"
    assert [section.starts_at for section in episode.sections.all()] == [None] * 5
    assert episode.appearances.count() == 4


@pytest.mark.corpus
def test_seed_short_notes_name_both_lines_and_join_the_draft(seeds):
    short = seeds / "000_ad22955d7d5ca5d6.txt"
    import_all(seeds / "001_fc6641cd364af4f2.txt")
    before = snapshot(Episode.objects.get())

    (refused,) = import_all(short)
    (taken,) = import_all(short, number=Decimal(57))

    assert "heading says episode 56" in str(refused.problem)
    assert "line 4 says 57" in str(refused.problem)
    assert taken.action == "updated"
    after = snapshot(Episode.objects.get())
    assert after["rows"] == before["rows"]
    assert after["fields"]["distribution_notes"] == short.read_text()


@pytest.mark.corpus
def test_seed_short_notes_then_draft(seeds):
    import_all(seeds / "000_ad22955d7d5ca5d6.txt", number=Decimal(57))

    import_all(seeds / "001_fc6641cd364af4f2.txt")

    episode = Episode.objects.get()
    assert (episode.title, episode.sections.count()) == ("Markovian Peer Review", 5)
    assert episode.distribution_notes.startswith("# Ep. 56")
