import pytest

from interaxion.content.search.folding import fold
from interaxion.content.search.query import parse_query
from interaxion.content.search.ranking import BEGINS_TITLE, IN_HEADING, IN_TEXT, IN_TITLE, rank

TITLE, TEXT = "Axion の光", "はじめに\n1:30 スピンと spintronics の話\nコーヒーと axions を、はじめて。"
FOLDED = "\n".join([fold(TITLE), fold("1:30 スピンと spintronics の話"), fold(TEXT)])


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
        ("スピン", (IN_HEADING, IN_HEADING)),
        ("こーひー", (IN_TEXT, IN_TEXT)),
        ("光 axion", (IN_TITLE, IN_TITLE + BEGINS_TITLE)),
        ("コーヒー 光", (IN_TEXT, IN_TEXT + IN_TITLE)),
        ("光 そんな語", None),
    ],
)
def test_the_earlier_the_words_stand_the_better(typed, answer):
    assert rank(FOLDED, parse_query(typed).terms) == answer


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ('"Axion の光"', (BEGINS_TITLE, BEGINS_TITLE)),
        ('"の光"', (IN_TITLE, IN_TITLE)),
        ('"コーヒー"', (IN_TEXT, IN_TEXT)),
        ('"コーヒー" 光', (IN_TEXT, IN_TEXT + IN_TITLE)),
        ('"こーひー"', None),
        ('"コーヒ"', (IN_TEXT, IN_TEXT)),
        ('"はじめに 1:30"', None),
    ],
)
def test_exact_words_are_looked_up_as_they_are_written(typed, answer):
    assert rank(FOLDED, parse_query(typed).terms, (TITLE, TEXT)) == answer
