import pytest

from interaxion.text.search.folding import fold_letters
from interaxion.text.search.query import parse_query
from interaxion.text.search.ranking import (
    BEGINS_HEADING,
    BEGINS_TITLE,
    IN_HEADING,
    IN_NAMES,
    IN_SUMMARY,
    IN_TEXT,
    IN_TITLE,
    THE_TITLE,
    THE_TITLE_RESPELLED,
    rank,
)

TITLE, HEADING, NAMES = "Axion の光", "スピンと spintronics の話", "南ミナミ\t超伝導"
SUMMARY = "南ミナミと、はじめての Laser について話しました。"
TEXT = f"{SUMMARY}\nはじめに\n{HEADING}\nコーヒーと axions を、はじめて。コンピュータと LK-99 も。"
FOLDED = "\n".join(map(fold_letters, [TITLE, HEADING, NAMES, TEXT]))


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("axion の光", (0, 0)),
        ("axion", (BEGINS_TITLE, BEGINS_TITLE)),
        ("axi", (IN_TITLE, IN_TITLE + 1)),
        ("spin", (IN_HEADING, IN_HEADING + 1)),
        ("spintronics", (IN_HEADING, IN_HEADING)),
        ("axions", (IN_TEXT, IN_TEXT)),
        ("光", (IN_TITLE, IN_TITLE)),
        ("スピン", (BEGINS_HEADING, BEGINS_HEADING)),
        ("すぴん", (BEGINS_HEADING, BEGINS_HEADING + 1)),
        ("超伝導", (IN_NAMES, IN_NAMES)),
        ("みなみ", (IN_SUMMARY, IN_SUMMARY + 1)),
        ("laser", (IN_SUMMARY, IN_SUMMARY)),
        ("las", (IN_SUMMARY, IN_SUMMARY + 1)),
        ("レーザー", None),
        ("コーヒー", (IN_TEXT, IN_TEXT)),
        ("コンピュータ", (IN_TEXT, IN_TEXT)),
        ("コンピューター", (IN_TEXT, IN_TEXT + 1)),
        ("LK99", (IN_TEXT, IN_TEXT + 1)),
        ("光 axion", (IN_TITLE, IN_TITLE + BEGINS_TITLE)),
        ("コーヒー 光", (IN_TEXT, IN_TEXT + IN_TITLE)),
        ("南 コーヒー", (IN_TEXT, IN_TEXT + IN_SUMMARY)),
        ("超伝導 コーヒー", (IN_TEXT, IN_TEXT + IN_NAMES)),
        ("光 そんな語", None),
        ("光 -コーヒー", None),
        ("光 -南ミナミ", None),
        ("光 -宇宙", (IN_TITLE, IN_TITLE)),
        ("光 -axio", (IN_TITLE, IN_TITLE)),
    ],
)
def test_place_of_the_words_counts_before_their_spelling(typed, answer):
    query = parse_query(typed)

    assert rank(FOLDED, query.terms, query.without) == answer


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ('"Axion の光"', (0, 0)),
        ('"の光"', (IN_TITLE, IN_TITLE)),
        ('"コーヒー"', (IN_TEXT, IN_TEXT)),
        ('"コーヒー" 光', (IN_TEXT, IN_TEXT + IN_TITLE)),
        ('"こーひー"', None),
        ('"コーヒ"', (IN_TEXT, IN_TEXT)),
        ('"はじめに スピン"', None),
    ],
)
def test_exact_words_are_looked_up_as_they_are_written(typed, answer):
    assert rank(FOLDED, parse_query(typed).terms) == answer


def test_the_title_in_another_spelling_is_nearly_as_good():
    assert rank("スピン・アイス\n\n\n", parse_query("すぴん アイス").terms) == THE_TITLE_RESPELLED
    assert rank("スピン\n\n\n", parse_query("すぴん").terms) == THE_TITLE_RESPELLED
    assert rank("スピン\n\n\n", parse_query("スピン").terms) == THE_TITLE


def test_a_longer_word_before_the_exact_one_does_not_lower_the_rank():
    folded = "題\n\n\n\nコンピュータ。コンピューターとAIMDとAI"

    assert rank(fold_letters(folded), parse_query("コンピューター AI").terms) == (IN_TEXT, IN_TEXT * 2)
