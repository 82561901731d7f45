import json
from dataclasses import replace

import pytest

from episodes.notes.chapter_files import audacity_labels
from episodes.notes.chapters import FeedChapter, chapters_json
from episodes.notes.notes import join, parse
from episodes.notes.read_chapters import Mark, read_chapters_json, read_labels, take_marks

CHAPTERS = [FeedChapter(0, 90, "はじめに", "/1#a"), FeedChapter(90, None, "格子の話", "/1#b")]
MARKS = [Mark(0, "はじめに"), Mark(90, "格子の話")]
NOTES = "まえがき\n\n### はじめに\n\n一。\n\n### **格子**の話\n\n二。\n\n### お知らせ\n\n三。\n"


def test_chapters_that_were_written_are_read_again():
    assert read_labels(audacity_labels(CHAPTERS)) == MARKS
    assert read_chapters_json(json.dumps(chapters_json(CHAPTERS, title="1: 話"))) == MARKS


def test_labels_with_commas_a_byte_order_mark_and_lines_about_frequencies_are_read():
    text = "\ufeff0,5\t0,5\tはじめに\r\n\\\t100.0\t200.0\r\n90.999\t95\t格子の話\r\n"

    assert read_labels(text) == MARKS


@pytest.mark.parametrize("text", ["0:00 はじめに\n", "a\tb\tc\n"])
def test_line_that_is_no_label_is_named(text):
    with pytest.raises(ValueError) as refusal:
        read_labels(f"0\t1\t話\n{text}")

    assert refusal.value.args == (2,)


@pytest.mark.parametrize(
    "text", ["{}", '{"chapters": {}}', '{"chapters": [{"title": "話"}]}', '{"chapters": [1]}', "x"]
)
def test_json_without_chapters_is_refused(text):
    with pytest.raises(ValueError):
        read_chapters_json(text)


def test_time_goes_to_the_section_of_its_title_and_nothing_else_changes():
    sections = parse(NOTES)

    timed = take_marks(sections, MARKS)

    assert [section.starts_at for section in timed] == [None, 0, 90, None]
    assert [replace(section, starts_at=None) for section in timed] == list(sections)


def test_mark_of_no_section_becomes_one_in_the_order_of_time():
    timed = take_marks(parse(NOTES), [*MARKS, Mark(30, "*寄り道*"), Mark(200, "")])

    assert [(section.starts_at, section.heading) for section in timed][1:] == [
        (0, "はじめに"), (30, "\\*寄り道\\*"), (90, "**格子**の話"), (None, "お知らせ"),
    ]  # fmt: skip
    assert parse(join(timed)) == timed


def test_opening_that_the_export_added_makes_no_section():
    assert take_marks(parse(NOTES), [Mark(0, "オープニング")]) == list(parse(NOTES))
