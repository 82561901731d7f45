"""The parts of a chapter, found in its rendered text."""

from functools import cache
from pathlib import Path

import pytest

from interaxion.text.front_matter.parsing import SourceDocument, parse_document
from interaxion.text.lessons.citations import arrange, citations_of
from interaxion.text.lessons.exercises import Exercise, find_exercises
from interaxion.text.lessons.facts import Change, read_facts, unread_keys
from interaxion.text.lessons.levels import read_difficulty, read_level, read_minutes
from interaxion.text.lessons.licences import find_licence, licence_name, licence_url, read_licence
from interaxion.text.lessons.references import find_references
from interaxion.text.lessons.sections import Section, find_sections
from interaxion.text.markdown import Rendered, render

FILE = Path(__file__).parents[2] / "data/lesson.md"


@cache
def lesson() -> tuple[SourceDocument, Rendered, list[Section]]:
    document = parse_document("lesson.md", FILE.read_bytes())
    rendered = arrange(render(document.body, "chapter"))
    return document, rendered, find_sections(rendered.html, rendered.outline.headings)


def exercises_in(source: str) -> list[Exercise]:
    rendered = arrange(render(source, "chapter"))
    return find_exercises(rendered.html, find_sections(rendered.html, rendered.outline.headings))


def test_chapter_keeps_its_lists_marks_and_money():
    _document, rendered, _sections = lesson()

    assert "**" not in rendered.text
    assert "*H₂Oから*OHへ" in rendered.text
    assert rendered.html.count("<ul>") >= 3 and "四段目 $5" in rendered.text
    assert rendered.outline.formulas == ()


def test_exercises_have_their_questions_hints_and_answers():
    _document, rendered, sections = lesson()

    first, second, third = find_exercises(rendered.html, sections)

    assert [each.difficulty for each in (first, second, third)] == ["medium", "hard", "easy"]
    assert [each.label for each in (first, second, third)] == ["1", "2", "3"]
    assert "光はなぜ" in first.question and "details" not in first.question and "<hr>" not in first.question
    assert [hint.summary for hint in first.hints] == ["ヒント"]
    assert [answer.summary for answer in first.answers] == ["解答例（水の場合）", "解答例（氷の場合）"]
    assert "<table>" in first.answers[0].html
    assert second.title == "結晶"
    assert [(each.has_shared_answer, each.answers[0].html) for each in (second, third)] == [
        (True, "<p>六角形。</p>"),
        (True, "<p>六つ。</p>"),
    ]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("## 4.2 Practice Problems\n\n### Problem 1 (Difficulty: easy)\n\nWhy?\n", [("1", "", "easy")]),
        ("## Exercises\n\n### Exercise 2.1: Waves\n\n**Difficulty**: ★★☆\n\nWhy?\n", [("2.1", "Waves", "medium")]),
        ("## 演習問題\n\n**Q1**: なぜ？\n\n**Q2**: いつ？\n", [("1", "", ""), ("2", "", "")]),
        ("## 演習問題\n\n**問題**：なぜ？\n", [("1", "", "")]),
        ("## 演習問題\n\n（省略）\n", []),
        ("## 2.6 実装演習: 予測\n\n### 問題1\n\nこれは演習の章ではない。\n", []),
        ("本文だけ。\n", []),
        ("", []),
    ],
)
def test_spellings_of_exercises_are_known(source, found):
    assert [(each.label, each.title, each.difficulty) for each in exercises_in(source)] == found


def test_references_have_their_identifiers():
    _document, rendered, sections = lesson()

    ice, snow, hail = find_references(rendered.html, sections)

    assert (ice.number, ice.doi, ice.title, ice.year) == (1, "10.1000/ice.1", "Light in ice", "2019")
    assert (snow.doi, snow.is_unverified) == ("10.1000/snow.2", True)
    assert (hail.arxiv, hail.is_unverified) == ("2101.00001", False)
    assert "↩" not in ice.text + ice.html


def test_lists_in_groups_and_with_bullets_are_references():
    paper = "A (2017) [arXiv:1706.03762](https://arxiv.org/abs/1706.03762)"
    source = f"## 🔗 参考資料\n\n### 論文\n- {paper}\n\n### 次章\n- 第2章\n"
    rendered = render(source, "chapter")

    (paper,) = find_references(rendered.html, find_sections(rendered.html, rendered.outline.headings))

    assert (paper.group, paper.number, paper.arxiv) == ("論文", None, "1706.03762")


def test_citations_and_references_lead_to_each_other():
    _document, rendered, _sections = lesson()
    html = rendered.html

    assert citations_of(html, [1, 2, 3]) == {1: ["cite-1-1", "cite-1-2"], 2: ["cite-2-1"], 3: ["cite-3-1"]}
    assert html.count('<li id="ref-') == 3
    assert '<a class="citation-back" href="#cite-1-2">↩2</a></p>' in html
    assert "a[1]</code>" in html and "[9] は" in html


def test_made_up_identifier_leads_nowhere():
    _document, rendered, _sections = lesson()

    assert "https://doi.org/10.1000/snow.2" not in rendered.html
    assert '<span class="unverified">10.1000/snow.2</span>' in rendered.html
    assert [link.url for link in rendered.outline.links if "doi" in link.url] == ["https://doi.org/10.1000/ice.1"]


def test_hints_and_answers_are_marked_and_other_folds_are_not():
    _document, rendered, _sections = lesson()

    assert rendered.html.count('<details class="hint">') == 1
    assert rendered.html.count('<details class="answer">') == 3
    assert "<details><summary>📐" in rendered.html.replace("\n", "")


def test_facts_come_from_the_front_matter_and_the_text():
    document, rendered, sections = lesson()

    facts = read_facts(document.meta, rendered.html, rendered.text, sections)

    assert facts.objectives == ("屈折の法則を図で説明できる", "氷の模型を作れる")
    assert facts.prerequisites == ("第1章", "高校の物理")
    assert facts.version == "1.10"
    assert (facts.level, facts.minutes, facts.licence) == ((1, 2), (20, 25), "CC-BY-NC-SA-4.0")
    assert facts.changes == (Change("2025-10-17", "1.1", "図を加えた"), Change("2024-01-02", "1.0", "初版"))


def test_facts_without_front_matter_come_from_the_first_lines():
    source = "# 章\n\n**学習時間**: 20-30分 | **難易度**: 中級\n\n## 📋 この章で学ぶこと\n\n✅ 波\n✅ 氷\n\n本文。\n"
    rendered = render(source, "chapter")

    facts = read_facts({}, rendered.html, rendered.text, find_sections(rendered.html, rendered.outline.headings))

    assert (facts.minutes, facts.level, facts.objectives) == ((20, 30), (2, 2), ("波", "氷"))


def test_audience_last_change_and_announced_chapters_are_read():
    meta = {"target_audience": "undergraduate-graduate-professionals, self-taught", "updated_at": "2026-01-31"}
    text = "- 第5章: 雪（COMING SOON）\n第5章: また（準備中）\n**Chapter 6 – Hail** (coming soon)\n第7章の準備中に\n"
    rendered = render(text, "chapter")

    facts = read_facts(meta, rendered.html, rendered.text, find_sections(rendered.html, rendered.outline.headings))

    assert facts.audience == ("undergraduate", "graduate", "professionals", "self-taught")
    assert facts.changes == (Change("2026-01-31", "", ""),)
    assert [(each.place, each.title) for each in facts.announced] == [(5, "第5章: 雪"), (6, "Chapter 6 – Hail")]


def test_value_that_nobody_can_read_is_told():
    assert unread_keys({"level": "beginner", "difficulty": "むずかしめ", "reading_time": "しばらく"}) == [
        "difficulty",
        "reading_time",
    ]


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("beginner", (1, 1)), ("Beginner to Intermediate", (1, 2)), ("beginner-to-intermediate", (1, 2)),
        ("beginner-intermediate", (1, 2)), ("intermediate-advanced", (2, 3)), ("introductory", (0, 0)),
        ("入門", (0, 0)), ("初級", (1, 1)), ("初級〜中級", (1, 2)), ("中級～上級", (2, 3)),
        ("advanced", (3, 3)), ("入門から上級まで", (0, 3)), ("中級者向け", (2, 2)),
        ("Beginner / Advanced", (1, 3)), ("", None), ("wizard", None),
    ],
)  # fmt: skip
def test_spellings_of_level_are_read(written, level):
    assert read_level(written) == level


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("20-25分", (20, 25)), ("20〜25分", (20, 25)), ("90 minutes", (90, 90)), ("85-100 minutes", (85, 100)),
        ("1.5時間", (90, 90)), ("2-3 hours", (120, 180)), ("15 mins", (15, 15)), ("すぐ", None), ("25", None),
    ],
)  # fmt: skip
def test_spellings_of_time_are_read(written, minutes):
    assert read_minutes(written) == minutes


@pytest.mark.parametrize(
    ("written", "difficulty"),
    [("easy", "easy"), ("★★★", "hard"), ("⭐", "easy"), ("中級", "medium"), ("発展", "hard"), ("概念", "")],
)
def test_spellings_of_difficulty_are_read(written, difficulty):
    assert read_difficulty(written) == difficulty


@pytest.mark.parametrize(
    ("written", "licence"),
    [
        ("CC BY 4.0", "CC-BY-4.0"),
        ("Creative Commons Attribution 4.0 International License", "CC-BY-4.0"),
        ("Creative Commons BY-NC-SA 4.0", "CC-BY-NC-SA-4.0"),
        ("Creative Commons Attribution-NonCommercial-ShareAlike 4.0", "CC-BY-NC-SA-4.0"),
        ("CC0 1.0", "CC0-1.0"),
        ("MIT", "MIT"),
        ("all rights reserved", ""),
    ],
)
def test_spellings_of_licence_are_read(written, licence):
    assert read_licence(written) == licence


def test_licence_is_named_with_its_address():
    assert find_licence("著者\n**ライセンス**: CC BY 4.0\n") == "CC-BY-4.0"
    assert licence_name("CC-BY-NC-SA-4.0") == "CC BY-NC-SA 4.0"
    assert licence_url("CC-BY-NC-SA-4.0") == "https://creativecommons.org/licenses/by-nc-sa/4.0/"


@pytest.mark.parametrize(
    "source",
    [
        "## 演習問題\n\n### 問題1（" + " " * 100_000 + "x\n",
        "## 演習問題\n\n### 問題1\n\n```\n" + "\n" * 100_000 + "x\n```\n",
        "## 参考文献\n\n" + "1. a\n" * 20_000 + "\n## 節\n\n" + "[1]" * 20_000,
        "<details><summary>解答</summary>\n\n" * 5_000,
        "ライセンス " + "BY" * 50_000 + "\n\n" + "[1, " * 20_000,
        "a@" * 50_000 + "\n\n**更新履歴** " + "- " * 20_000,
    ],
    ids=range(6),
)
def test_hostile_chapter_is_read_in_a_moment(source):
    """A pattern that is not linear would take minutes here."""
    arranged = arrange(render(source, "chapter"))
    sections = find_sections(arranged.html, arranged.outline.headings)
    find_exercises(arranged.html, sections)
    find_references(arranged.html, sections)
    meta = {"license": source, "reading_time": "1" + " " * 50_000, "level": source}
    read_facts(meta, arranged.html, arranged.text, sections)


def test_numbers_that_no_column_holds_are_none():
    rendered = arrange(
        render("## 参考文献\n\n999999999. A\n\n## 演習問題\n\n### 問題1.2.3.4.5.6.7\n\nなぜ？\n", "chapter")
    )
    sections = find_sections(rendered.html, rendered.outline.headings)

    assert [each.number for each in find_references(rendered.html, sections)] == [None]
    assert [each.label for each in find_exercises(rendered.html, sections)] == ["1.2.3.4"]
