"""Shortening a text for lists."""

from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.japanese.shortening import shorten


def test_shortening_leaves_a_short_text():
    assert shorten("磁石について話しました。", 90) == "磁石について話しました。"


def test_shortening_cuts_japanese_between_phrases():
    assert shorten("春の海と秋の山について話しました。", 10) == "春の海と秋の…"


def test_shortening_cuts_other_text_between_words():
    assert shorten("On waves, tides and the moon", 12) == "On waves…"


def test_shortening_cuts_a_word_that_is_longer_than_all_there_is():
    assert shorten("a" * 30, 10) == "a" * 9 + "…"


@given(text=st.text(), longest=st.integers(min_value=2, max_value=40))
def test_shortened_text_is_a_beginning_and_never_longer(text: str, longest: int):
    short = shorten(text, longest)

    assert len(short) <= longest
    assert " ".join(text.split()).startswith(short.removesuffix("…")) or short == " ".join(text.split())
