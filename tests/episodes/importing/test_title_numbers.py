"""Numbers at the beginning of titles: the one table, for files and feeds."""

from decimal import Decimal

import pytest

from episodes.host_feed.titles import read_title
from episodes.title_numbers import split_number

NUMBERED = [
    ("7: 茸の光", "7", "茸の光"),
    ("１９．５：番外", "19.5", "番外"),
    ("Episode 1: Hello", "1", "Hello"),
    ("Ep. 19.5 - Hello", "19.5", "Hello"),
    ("ep.3 Hello", "3", "Hello"),
    ("#12 茸", "12", "茸"),
    ("第5回「茸」", "5", "「茸」"),
    ("第１２話　茸", "12", "茸"),
    ("【第7回】茸", "7", "茸"),
    ("[#7] 茸", "7", "茸"),
    ("エピソード7 茸", "7", "茸"),
    ("1. First", "1", "First"),
    ("16. Beyond imaging", "16", "Beyond imaging"),
    ("007 | 茸", "7", "茸"),
]


@pytest.mark.parametrize(("title", "number", "rest"), [*NUMBERED, ("Episode 5", "5", "Episode 5")])
def test_number_that_a_title_says_is_read(title, number, rest):
    found = split_number(title)

    assert (found.number, found.rest) == (Decimal(number), rest)


@pytest.mark.parametrize(("title", "number", "rest"), NUMBERED)
def test_feeds_read_the_same_numbers(title, number, rest):
    assert read_title(title).number == Decimal(number)


@pytest.mark.parametrize(
    "title",
    ["2001年宇宙の旅", "12 Monkeys", "1984", "No 1 in the world", "Episode", "Episode 10% more", "#1-2 x", "10:30 x"],
)
def test_number_that_may_be_anything_is_part_of_the_title(title):
    assert split_number(title) is None


@pytest.mark.parametrize(("title", "is_plain"), [("7: a", True), ("Episode 7: a", False), ("7. a", False)])
def test_words_that_say_a_number_are_told_from_our_own_spelling(title, is_plain):
    assert split_number(title).is_plain is is_plain


def test_season_of_a_number_is_read():
    found = split_number("S2 E1: 茸")

    assert (found.number, found.season, found.rest) == (Decimal(1), 2, "茸")
