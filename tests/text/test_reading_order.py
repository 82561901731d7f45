"""The sort keys of names in lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.japanese.reading_order import reading_key, reading_keys


@pytest.mark.parametrize(
    "names",
    [
        ["いぬい", "カナリヤ", "かんた", "ろくろ"],  # katakana among hiragana
        ["あさひ", "がく", "かさい", "がじろう", "きた"],  # a mark counts only where all else is the same
        ["かき", "がき"],
        ["じゅんちぃ", "しょーた", "じよた", "すず"],  # so does the size of a letter
        ["ｱｲﾀﾞ", "イダ"],
        ["わたる", "abe", "Oka", "Ōta", "高橋"],  # kana, then Latin letters whatever their case, then kanji
    ],
)
@given(data=st.data())
def test_names_stand_as_in_a_japanese_dictionary(names, data):
    mixed = data.draw(st.permutations(names))

    assert sorted(mixed, key=reading_key) == names


def test_a_reading_counts_before_the_name():
    people = [("井上", "いのうえ"), ("oka", "おか"), ("かずさ", ""), ("Bob", ""), ("木下", "")]

    shuffled = [people[place] for place in (3, 1, 4, 0, 2)]

    assert sorted(shuffled, key=lambda person: reading_key(*person)) == people


@given(st.text(max_size=20), st.text(max_size=20))
def test_two_names_are_never_equal(one, other):
    assert (reading_key(one) == reading_key(other)) == (one == other)


@given(st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5))))
def test_names_have_the_same_keys_together_as_alone(names):
    assert reading_keys(names) == [reading_key(*each) for each in names]
