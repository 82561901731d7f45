"""Numbers in titles: stated, never guessed."""

from decimal import Decimal

import pytest

from episodes.importing.reading.title_numbers import says_in_words, split_number


@pytest.mark.parametrize(
    ("title", "number", "rest"),
    [
        ("7: 茸の光", "7", "茸の光"),
        ("１９．５：番外", "19.5", "番外"),
        ("Episode 1: Hello", "1", "Hello"),
        ("Ep. 19.5 - Hello", "19.5", "Hello"),
        ("ep.3 Hello", "3", "Hello"),
        ("#12 茸", "12", "茸"),
        ("第5回「茸」", "5", "「茸」"),
        ("第１２話　茸", "12", "茸"),
        ("エピソード7 茸", "7", "茸"),
        ("Episode 5", "5", "Episode 5"),
    ],
)
def test_number_that_a_title_says_is_read(title, number, rest):
    assert split_number(title) == (Decimal(number), rest)


@pytest.mark.parametrize(
    "title", ["2001年宇宙の旅", "12 Monkeys", "1. First", "No 1 in the world", "Episode", "Episode 10% more", "#1-2 x"]
)
def test_number_that_may_be_anything_is_part_of_the_title(title):
    assert split_number(title) == (None, title)


@pytest.mark.parametrize(("title", "expected"), [("7: a", False), ("a", False), ("Episode 7: a", True)])
def test_words_that_say_a_number_are_told_from_our_own_spelling(title, expected):
    assert says_in_words(title) is expected
