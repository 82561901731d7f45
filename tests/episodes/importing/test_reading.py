import os
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from episodes.importing.reading import EpisodeSource, is_short_notes, read_episode
from episodes.notes import notes
from episodes.notes.notes import NoteSection, join, parse, parse_once
from episodes.stated_numbers import numbers_said
from interaxion.text.front_matter.parsing import SourceError, parse_document
from interaxion.text.kramdown import JekyllSite
from tests.call_counts import counted

PODCAST = """\
---
layout: podcast
title: "12.5: 光る茸の夜"
permalink: /12-5
starring:
  - 蛍
  - ほしの
anchorEmbedding: <iframe src="https://open.spotify.com/embed/episode/0123456789abcdefghijkl"></iframe>
twitter_image: assets/12-5.png
excerpt: "[蛍](https://example.org/hotaru)と光る茸について話しました。"
tags:
  - 菌類
  - 夜
---

<details>
<summary markdown='span'>目次</summary>
<nav>
  * this list is replaced
  {:toc}
</nav>
</details>
<br>

収録は夜の森で。

### 0:00 はじまり

- {% include keyword.html index="glow" title="発光" %}

### 01:02:03 茸は<i>なぜ</i>光る？

#### 1:05:00 反応

### 反応

#### 1:05:00 反応
"""

SHORT_NOTES = """\
# Ep. 12.5 光る茸の夜

[蛍](https://example.org/hotaru)と光る茸について話しました。[前回](https://example.org/12)の続きです。\x20\x20
以下の Show Notes は簡易版です。完全版は[こちら](https://example.org/12-5)。

## 0:00 はじまり

- [完全版の図鑑](https://example.org/99)

### お知らせ
"""


def read(text: str, name: str = "_posts/2026-02-03-ep12.5.md", number: str = "") -> EpisodeSource:
    document = parse_document(name, text.encode())
    return read_episode(document, number=Decimal(number) if number else None, site=JekyllSite())


def test_published_form_is_read():
    episode = read(PODCAST)

    assert (episode.number, episode.title, episode.path) == (Decimal("12.5"), "光る茸の夜", "/12-5")
    assert (episode.speakers, episode.tags) == (("蛍", "ほしの"), ("菌類", "夜"))
    assert episode.player.startswith("<iframe src=")
    assert episode.artwork == "assets/12-5.png"
    assert episode.summary == "[蛍](https://example.org/hotaru)と光る茸について話しました。"
    assert (episode.date, episode.is_draft, episode.short_notes) == ("2026-02-03", False, "")
    assert episode.warnings == ()


def test_published_notes_become_sections_with_the_ids_of_the_old_site():
    assert read(PODCAST).sections == (
        NoteSection(3, None, "", "収録は夜の森で。"),
        NoteSection(3, 0, "はじまり", "- [発光](/keywords/glow/)", "000-はじまり"),
        NoteSection(3, 3723, "茸は<i>なぜ</i>光る？", "", "010203-茸はなぜ光る"),
        NoteSection(4, 3900, "反応", "", "10500-反応"),
        NoteSection(3, None, "反応", "", "反応"),
        NoteSection(4, 3900, "反応", "", "10500-反応-1"),
    )


@pytest.mark.parametrize(
    ("changed", "to", "name"),
    [
        ("layout: podcast", "layout: podcast-draft", "a.md"),
        ("layout: podcast", "layout: podcast\npublished: false", "a.md"),
        ("", "", "_drafts/a.md"),
    ],
)
def test_draft_is_recognised(changed, to, name):
    assert read(PODCAST.replace(changed, to, 1), name).is_draft is True


@pytest.mark.parametrize(
    ("title", "permalink", "number", "without"),
    [
        ("57: 茸", "/57-draft", "57", "茸"),
        ("５７：茸", "/57", "57", "茸"),
        ("19.5 : 茸: 光", "/19-5", "19.5", "茸: 光"),
        ("茸", "/60-75", "60.75", "茸"),
        ("3つの茸", "/mushrooms", None, "3つの茸"),
    ],
)
def test_number_is_no_part_of_the_title(title, permalink, number, without):
    text = PODCAST.replace("12.5: 光る茸の夜", title).replace("/12-5\n", permalink + "\n")

    episode = read(text)

    assert episode.number == (Decimal(number) if number else None)
    assert (episode.title, episode.path, episode.warnings) == (without, permalink, ())


def test_number_that_is_given_wins_with_a_warning():
    episode = read(PODCAST, number="13")

    assert (episode.number, episode.title) == (Decimal(13), "光る茸の夜")
    assert [(note.line, "read as episode 13" in str(note)) for note in episode.warnings] == [
        (3, True),
        (4, True),
    ]


def test_names_may_be_a_list_or_a_string():
    text = PODCAST.replace("starring:\n  - 蛍\n  - ほしの", "starring: 蛍, Hoshi No")

    assert read(text).speakers == ("蛍", "Hoshi No")


def test_names_may_be_nothing_or_more_than_names():
    starring, tags = "starring:\n  - 蛍\n  - ほしの", "tags:\n  - 菌類\n  - 夜"

    nothing = read(PODCAST.replace(starring, "starring: null").replace(tags, "tags: ~"))
    mappings = read(PODCAST.replace("  - ほしの", "  - name: ほしの\n    role: guest"))

    assert (nothing.speakers, nothing.tags) == ((), ())
    assert mappings.speakers == ("蛍", "ほしの")
    assert mappings.roles == {"ほしの": "guest"}


def test_unknown_keys_are_kept_and_reported():
    episode = read(PODCAST.replace("tags:", "mood:\n  - よい\ntags:"))

    assert episode.extra == {"mood": ["よい"]}
    assert [(note.line, str(note)) for note in episode.warnings] == [(11, "unknown key, kept: mood")]


def test_audio_is_read_from_the_front_matter():
    episode = read(PODCAST.replace("tags:", "audio: https://example.org/a.mp3\nseconds: 1:02:03\nbytes: 123\ntags:"))

    assert (episode.audio, episode.audio_seconds, episode.audio_bytes) == (
        "https://example.org/a.mp3",
        3723,
        123,
    )


@pytest.mark.parametrize(
    ("changed", "to", "line", "problem"),
    [
        ("permalink: /12-5", "permalink: [a]", 4, "permalink"),
        ("tags:\n  - 菌類\n  - 夜", "tags:\n  a: b", 11, "tags"),
        ("12.5: 光る茸の夜", "12.5:", 3, "no title"),
        ("### 0:00 はじまり", "### 0:00", 27, "Write a heading"),
        ("### 0:00 はじまり", "### はじめ\n\n### (0:00)", 29, "Write a heading"),
        ("### 反応", "### 反応\n\n```\ncode", 35, "left open"),
    ],
)
def test_what_cannot_be_read_is_an_error_at_its_line(changed, to, line, problem):
    with pytest.raises(SourceError) as caught:
        read(PODCAST.replace(changed, to, 1), "a.md")

    assert str(caught.value).startswith(f"a.md:{line}: ")
    assert problem in str(caught.value)


def test_short_notes_are_read():
    episode = read(SHORT_NOTES, "ep12.5.md")

    assert (episode.number, episode.title) == (Decimal("12.5"), "光る茸の夜")
    assert episode.summary == (
        "[蛍](https://example.org/hotaru)と光る茸について話しました。[前回](https://example.org/12)の続きです。"
    )
    assert episode.sections == (
        NoteSection(2, 0, "はじまり", "- [完全版の図鑑](https://example.org/99)"),
        NoteSection(3, None, "お知らせ", ""),
    )
    assert list(numbers_said(SHORT_NOTES)) == [Decimal("12.5")] * 2
    assert episode.short_notes == SHORT_NOTES
    assert (episode.warnings, episode.is_draft) == ((), False)


def test_short_notes_that_disagree_with_their_own_link_are_refused():
    text = SHORT_NOTES.replace("# Ep. 12.5", "# Ep. 11")

    with pytest.raises(SourceError) as caught:
        read(text, "ep.md")

    assert str(caught.value) == (
        "ep.md:1: the heading says episode 11, but the link to the full notes in line 4 says 12.5; "
        "correct one of them, or import the file with --number 12.5"
    )


def test_number_that_is_given_settles_the_disagreement_with_a_warning():
    episode = read(SHORT_NOTES.replace("# Ep. 12.5", "# Ep. 11"), "ep.md", number="12.5")

    assert episode.number == Decimal("12.5")
    assert [(note.line, str(note)) for note in episode.warnings] == [
        (1, "read as 12.5: title and introduction look like those of episode 11")
    ]


def test_number_that_neither_heading_nor_link_says_is_doubted_twice():
    assert [note.line for note in read(SHORT_NOTES, number="13").warnings] == [1, 4]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SHORT_NOTES, True),
        ("\n# Episode 3: x\n", True),
        ("# ep.3 x", True),
        ("# Epilogue 3", False),
        ("# 3: x", False),
        ("text\n\n# Ep. 3 x", False),
        ("---\ntitle: x\n---\n# Ep. 3 x", False),
    ],
)
def test_short_notes_are_known_by_their_first_heading(text, expected):
    assert is_short_notes(parse_document("a.md", text.encode())) is expected


@pytest.mark.corpus
def test_every_real_episode_is_read_with_all_its_timed_headings():
    corpus = Path(os.environ["CORPUS"])
    full = sorted((corpus / "interaxion" / "_posts").rglob("*-ep[0-9]*.md"))
    short = sorted((corpus / "show-notes").glob("*.md"))
    levels = {True: Counter(), False: Counter()}

    for path in [*full, *short]:
        episode = read_episode(parse_document(path.name, path.read_bytes()))
        levels[bool(episode.short_notes)].update(s.level for s in episode.sections if s.starts_at is not None)
        assert parse(join(episode.sections, anchors=True)) == list(episode.sections)
        assert f"{episode.number}" == path.stem.partition("ep")[2]

    assert (len(full), len(short)) == (49, 46)
    assert levels == {False: {3: 303, 4: 178}, True: {2: 82, 3: 246, 4: 115}}


def test_notes_are_parsed_twice_though_their_links_are_rewritten():
    body = (
        "### 0:00 論文\n\n* [一つめ](https://waves.example/56)\n\n### 1:30 [次](https://waves.example/57)\n\nおわり\n"
    )
    document = parse_document("ep.md", f"---\nlayout: podcast\ntitle: '57: 題'\n---\n\n{body}".encode())
    notes._parse_headings.cache_clear()

    with counted(notes._parse_headings.__wrapped__) as calls:
        source = read_episode(document, links=lambda text: text.replace("https://waves.example", ""))
        sections = parse_once(source.join_sections())

    assert calls["_parse_headings"] == 2
    assert [section.heading for section in sections] == ["論文", "[次](/57)"]
    assert sections[0].body == "* [一つめ](/56)"
