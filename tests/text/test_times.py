import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.times import parse_time, spell_time, split_time


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0:00", 0),
        ("00:00", 0),
        ("0:00:00", 0),
        ("00:00:00", 0),
        ("1:30", 90),
        (" 14:10 ", 850),
        ("62:03", 3723),
        ("1:29:24", 5364),
        ("01:48:25", 6505),
        ("１：３０", 90),
        ("０１：４８：２５", 6505),
        ("100:00:00", 360_000),
    ],
)
def test_parse_time_reads_every_spelling(text, seconds):
    assert parse_time(text) == seconds


@pytest.mark.parametrize("text", ["", "1", "1:3", "1:60", "1:60:00", ":30", "1:30 x", "-1:30", "1:2:3:4", "あ"])
def test_parse_time_refuses_other_text(text):
    assert parse_time(text) is None


@given(st.integers(min_value=0, max_value=999 * 3600 + 3599))
def test_spell_time_is_read_back(seconds):
    assert parse_time(spell_time(seconds)) == seconds


@given(st.text())
def test_split_time_keeps_a_heading_that_begins_with_no_time(text):
    seconds, rest = split_time(text)

    assert seconds is not None or rest == text.strip()


@pytest.mark.parametrize(
    ("seconds", "spelled"),
    [(0, "0:00"), (90, "1:30"), (3599, "59:59"), (3723, "1:02:03"), (36_000, "10:00:00")],
)
def test_spell_time_is_short(seconds, spelled):
    assert spell_time(seconds) == spelled


@pytest.mark.parametrize(
    ("heading", "parts"),
    [
        ("1:30 Ice that sinks", (90, "Ice that sinks")),
        ("14:10　沈む氷", (850, "沈む氷")),
        ("１：３０ 沈む氷", (90, "沈む氷")),
        ("**1:30** ice", (90, "ice")),
        ("**1:30 ice**", (90, "**ice**")),
        ("*1:30* ice", (90, "ice")),
        ("(1:30) ice", (90, "ice")),
        ("【1:30】 ice", (90, "ice")),
        ("1:30", (90, "")),
        ("1:30 [ice](https://example.org/)", (90, "[ice](https://example.org/)")),
        ("1:30pm meeting", (None, "1:30pm meeting")),
        ("(1:30 ice)", (None, "(1:30 ice)")),
        ("*1:30** ice", (None, "*1:30** ice")),
        ("ice 1:30", (None, "ice 1:30")),
        ("80:200 mixture", (None, "80:200 mixture")),
        ("", (None, "")),
    ],
)
def test_split_time_takes_the_time_a_heading_begins_with(heading, parts):
    assert split_time(heading) == parts


@given(st.integers(min_value=0, max_value=100_000), st.text(alphabet="ab あ氷", min_size=1).map(str.strip))
def test_split_time_takes_apart_what_spelling_joined(seconds, rest):
    assert split_time(f"{spell_time(seconds)} {rest}") == (seconds, rest)
