from dataclasses import replace

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from episodes.notes import notes
from episodes.notes.notes import LATEST, LEAD_LEVEL, NoteSection, find_errors, find_section_errors, join, parse, tidy
from tests.call_counts import counted

DOCUMENT = """\
オープニングの前に一言。

### 1:30 光る **キノコ**

- [図鑑](https://example.org/fungi)
  - 夜の森で撮った

#### 01:48:25 どうやって光る？

説明

## お知らせ
"""

# Words that mean something at the start of a line or at the end of a heading, to be mixed freely.
PIECES = st.sampled_from(
    [
        *(
            "#",
            "##",
            "### ",
            "###### x",
            "####### x",
            "```",
            "~~~",
            "    ",
            "\t",
            "- ",
            "1. ",
            "> ",
            "---",
            "===",
        ),
        *(
            "<details>",
            "</details>",
            "<div>",
            "</div>",
            "<!--",
            "-->",
            "<pre>",
            "{#a}",
            " {#あ-1}",
            "\\",
            "`",
            "*",
        ),
        *(
            "1:30",
            "1:30 ",
            "０：３０",
            "01:48:25",
            "2:61",
            "(1:30) ",
            "**1:30** ",
            "あ",
            "x",
            " ",
            "\u3000",
            "[^1]: ",
        ),
        *("\n", "\n\n", "\n", "\r\n", "|a|b|\n|-|-|\n", "$$\n", ":::", "\xa0", "\u2028", "\x0c", "\x85"),
    ]
)
texts = st.one_of(st.lists(PIECES, max_size=14).map("".join), st.text(max_size=60))
lines = texts.map(lambda text: text.replace("\r", " ").replace("\n", " "))
sections = st.builds(
    NoteSection,
    level=st.integers(1, 7),
    starts_at=st.none() | st.integers(-1, LATEST + 1),
    heading=lines,
    body=texts,
    imported_anchor=st.sampled_from(["", "130-あ"]),
)


def test_document_becomes_sections_with_levels_and_times():
    assert parse(DOCUMENT) == [
        NoteSection(LEAD_LEVEL, None, "", "オープニングの前に一言。"),
        NoteSection(3, 90, "光る **キノコ**", "- [図鑑](https://example.org/fungi)\n  - 夜の森で撮った"),
        NoteSection(4, 6505, "どうやって光る？", "説明"),
        NoteSection(2, None, "お知らせ", ""),
    ]


def test_join_spells_time_and_spacing_our_way():
    text = "\n\n  ###   ０1：48：25   茸 ##\r\ntext  \n\n\n\n##\t7:05 x\n"

    assert join(parse(text)) == "### 1:48:25 茸\n\ntext\n\n## 7:05 x\n"


@pytest.mark.parametrize(
    "text",
    [
        "# 題名",
        "題名\n---",
        "題名\n===",
        "```\n### 1:30 code\n```",
        "    ### 1:30 code",
        "$$\n### 1:30 formula\n$$",
        "1. item\n\n   ### 1:30 in a numbered list",
        "<div><p>\n### 1:30 html\n</p></div>",
        "<!--\n\n### 1:30 comment\n\n-->",
        "- item\n\n  ### 1:30 in a list",
        "> ### 1:30 quoted",
        "<details>\n<summary>もっと</summary>\n\n### 1:30 folded\n\n</details>",
        "####### 七つ",
        "###空白なし",
        "###",
    ],
)
def test_what_is_no_section_stays_text(text):
    assert parse(text + "\n\n## x\n") == [NoteSection(LEAD_LEVEL, None, "", text), NoteSection(2, None, "x", "")]


def test_details_that_are_never_closed_do_not_swallow_the_notes():
    assert [section.heading for section in parse("<details>\n\n## a\n\n## b")] == ["", "a", "b"]


def test_imported_anchor_is_written_for_rendering_only_and_read_back():
    section = NoteSection(3, 90, "茸", "", imported_anchor="130-茸")

    assert join([section]) == "### 1:30 茸\n"
    assert join([section], anchors=True) == "### 1:30 茸 {#130-茸}\n"
    assert parse(join([section], anchors=True)) == [section]


@given(st.lists(sections.map(tidy), max_size=8))
@example([NoteSection(LEAD_LEVEL, None, "", "    code"), NoteSection(2, 0, "x", "")])
def test_clean_sections_come_back_as_they_were(candidates):
    rows = []
    for section in candidates:
        if not find_section_errors(section, is_first=not rows):
            rows.append(section)

    assert parse(join(rows, anchors=True)) == rows
    assert parse(join(rows)) == [replace(row, imported_anchor="") for row in rows]


@given(st.lists(sections.map(tidy), max_size=6))
def test_errors_of_a_document_are_those_of_its_sections(candidates):
    each = [find_section_errors(section, is_first=place == 0) for place, section in enumerate(candidates)]

    assert find_errors(candidates) == each


@given(texts)
def test_joined_document_is_spelled_our_way_for_good(text):
    document = join(parse(text), anchors=True)

    assert join(parse(document), anchors=True) == document
    assert parse(document) == parse(text)


@given(texts)
def test_parse_and_join_lose_no_visible_character(text):
    assume("#" not in text and ":" not in text and "：" not in text)

    # Nothing but line ends and blank lines goes, where no heading is spelled anew.
    assert join(parse(text)).split() == text.split()


@given(texts)
def test_parsed_sections_are_clean_but_for_a_missing_heading_or_an_open_block(text):
    for i, section in enumerate(parse(text)):
        assert tidy(section) == section
        assert all(
            problem.startswith(("Write a heading", "Code, a formula", "Write a backslash", "The heading"))
            for problem in find_section_errors(section, i == 0)
        )


@pytest.mark.parametrize(
    ("section", "problem"),
    [
        (NoteSection(3, None, "two\nlines", ""), "in one line"),
        (NoteSection(3, None, "", "text"), "Write a heading"),
        (NoteSection(3, 90, "", "text"), "Write a heading"),
        (NoteSection(1, None, "x", ""), "between 2 and 6"),
        (NoteSection(3, -1, "x", ""), "between 0:00"),
        (NoteSection(3, None, "1:30 x", ""), "time's own field"),
        (NoteSection(3, None, "x {#id}", ""), "means an id"),
        (NoteSection(3, None, "x #", ""), "backslash"),
        (NoteSection(3, None, "x", "a\n\n## b"), "section of its own"),
        (NoteSection(3, None, "x", "```\ncode"), "left open"),
        (NoteSection(3, None, "x", "<!-- aside"), "left open"),
        (NoteSection(3, None, "x", "$$\nx"), "left open"),
        (NoteSection(3, None, "x", "<details>\n\ntext"), "left open"),
        (NoteSection(3, None, "x", "\n\ntext"), "blank lines"),
    ],
)
def test_section_that_would_be_read_differently_is_refused(section, problem):
    assert any(problem in message for message in find_section_errors(section, is_first=False))


@pytest.mark.parametrize(
    "section",
    [
        NoteSection(3, None, "x", ""),
        NoteSection(3, 90, "2:10 から <i>g</i>–2 について", "text\n\n    # code\n\n```\n### code\n```"),
        NoteSection(6, 0, "C# と `{#id}`", "# 題名\n\n本文\n---\n\n<details>\n\n### x\n\n</details>", "0-c"),
    ],
)
def test_section_that_is_read_back_passes(section):
    assert find_section_errors(section, is_first=False) == []


def test_only_the_first_section_may_lack_a_heading():
    lead = NoteSection(LEAD_LEVEL, None, "", "text")

    assert find_section_errors(lead, is_first=True) == []
    assert find_section_errors(lead, is_first=False) != []
    assert find_section_errors(replace(lead, body=""), is_first=True) != []


def test_only_the_sections_that_changed_are_parsed_to_find_errors():
    kept = [NoteSection(3, n * 60, f"話{n}", f"- 本文{n}") for n in range(5)]
    changed = NoteSection(3, 600, "別の話", "- 別の本文")
    find_errors(kept)

    with counted(notes._parse_headings.__wrapped__) as calls:
        assert find_errors(kept) == [[]] * 5
        assert calls == {}
        assert find_errors([*kept, changed]) == [[]] * 6

    assert calls == {"_parse_headings": 1}
