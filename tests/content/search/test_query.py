import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.content.search.query import LONGEST_QUERY, Query, Term, parse_query


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("超伝導 物性", ["超伝導", "物性"]),
        ("　超伝導　ＬＫ－９９　", ["超伝導", "lk-99"]),
        ('"Lift Off" の話', ["lift off", "の話"]),
        ("“コーヒー”", ["コーヒー"]),
        ('"閉じない引用', ["閉じない引用"]),
        ("「超伝導」、", ["超伝導"]),
        ("光 光 ヒカリ", ["光", "ひかり"]),
        ("- ・ 🎉", []),
        ("19.5", ["19.5"]),
        ("\x00光\x00", ["光"]),
        ('""', []),
        ("https://doi.org/10.1000/X", ["10.1000/x"]),
        ("光 doi:10.11316/butsuri.72.4_231。", ["光", "10.11316/butsuri.72.4_231"]),
        ("doi: 10.1000/x", ["10.1000/x"]),
        ("https://arxiv.org/pdf/2006.09721v2", ["2006.09721"]),
        ("hep-ph/0309136v1", ["hep-ph/0309136"]),
        ("ISBN 978-4-06-153959-4 本", ["9784061539594", "本"]),
        ("https://youtu.be/abcdefghiJK?t=9", ["abcdefghijk"]),
        ("https://example.org/10.1000/x", ["https://example.org/10.1000/x"]),
        ("doi とは", ["doi", "とは"]),
    ],
)
def test_terms_of_what_was_typed(typed, terms):
    assert [term.text for term in parse_query(typed).terms] == terms


def test_only_the_last_word_is_open_and_only_quotes_are_exact():
    assert parse_query("quantum err").terms == (Term("quantum"), Term("err", is_open=True))
    assert parse_query('err "quantum"').terms == (Term("err"), Term("quantum", is_exact=True))


@pytest.mark.parametrize(
    ("typed", "filters", "terms"),
    [
        ("speaker:みなみ 光", (("speaker", "みなみ"),), ["光"]),
        ('光 Tag:"quantum computer"', (("tag", "quantum computer"),), ["光"]),
        ("タグ：超伝導", (("tag", "超伝導"),), []),
        ("出演者:みなみ speaker:きた", (("speaker", "みなみ"), ("speaker", "きた")), []),
        ("other:光", (), ["other:光"]),
        ("speaker:", (), ["speaker"]),
    ],
)
def test_filters_narrow(typed, filters, terms):
    query = parse_query(typed)

    assert query.filters == filters
    assert [term.text for term in query.terms] == terms


@given(st.text(max_size=300))
def test_nothing_typed_is_an_error(typed):
    query = parse_query(typed)

    assert isinstance(query, Query)
    assert sum(len(term.text) for term in query.terms) <= LONGEST_QUERY * 4
    assert all(term.grams() for term in query.terms)
