"""Speakers are found by any of their names, all with one read."""

import pytest

from episodes.models import Speaker
from episodes.people.speakers import find_or_make_speakers, find_speaker, known_names
from tests.factories import make_speaker

pytestmark = pytest.mark.django_db


def test_names_and_aliases_find_their_speaker_in_any_spelling():
    oka = make_speaker(name="おか", aliases=["Oka"])
    ito = make_speaker(name="伊藤")

    speakers, made = find_or_make_speakers(["ＯＫＡ", "伊藤", " おか "])

    assert (speakers, made) == ([oka, ito], [])
    assert find_speaker("oka") == oka
    assert known_names(["oka", "だれも", "伊藤"]) == ["おか", "", "伊藤"]


def test_of_two_speakers_with_one_name_the_older_is_found():
    older = make_speaker(name="おか", aliases=["Oka"])
    make_speaker(name="Oka")

    assert find_speaker("oka") == older


def test_a_new_name_in_two_spellings_makes_one_speaker():
    speakers, made = find_or_make_speakers(["Kato", "ＫＡＴＯ"])

    assert speakers == made == [Speaker.objects.get()]
    assert made[0].name == "Kato"


def test_many_names_are_found_with_two_queries(django_assert_num_queries):
    names = [make_speaker().name for _ in range(5)]

    with django_assert_num_queries(2):
        find_or_make_speakers(names)
    with django_assert_num_queries(2):
        known_names(names)
