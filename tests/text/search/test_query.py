import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.search.fallbacks import looser_readings
from interaxion.text.search.query import LONGEST_QUERY, Query, parse_query
from interaxion.text.search.terms import Term


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("超伝導 物性", ["超伝導", "物性"]),
        ("　超伝導　ＬＫ－９９　", ["超伝導", "lk-99"]),
        ('"Lift Off" の話', ["lift off", "の話"]),
        ("“コーヒー”", ["コーヒー"]),
        ('"閉じない引用', ["閉じない引用"]),
        ("「超伝導」、", ["超伝導"]),
        ("光 光 ヒカリ", ["光", "ヒカリ"]),
        ("- ・ →", []),
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
        ("超伝導,磁石", ["超伝導", "磁石"]),
        ("超伝導、磁石", ["超伝導", "磁石"]),
        ("「超伝導」／ＬＫ－９９", ["超伝導", "lk-99"]),
        ("磁性・X線", ["磁性", "x線"]),
        ("テッド・チャン", ["テッド・チャン"]),
        ("TCP/IP", ["tcp/ip"]),
        ("A/B テスト", ["a/b", "テスト"]),
        ("1,000", ["1,000"]),
    ],
)
def test_query_is_parsed_into_terms(typed, terms):
    assert [term.text for term in parse_query(typed).terms] == terms


def test_every_word_is_open_in_whatever_order_and_only_quotes_are_exact():
    assert parse_query("quantum err").terms == (Term("quantum", is_open=True), Term("err", is_open=True))
    assert parse_query('err "quantum"').terms == (Term("err", is_open=True), Term("quantum", is_exact=True))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("第36回", "36"),
        ("第 36 回", "36"),
        ("36回", "36"),
        ("36 話", "36"),
        ("#36", "36"),
        ("＃３６", "36"),
        ("/36", "36"),
        ("Ep. 36", "36"),
        ("ep36", "36"),
        ("episode 036", "36"),
        ("エピソード36", "36"),
        ("エピソード 36 回", "36"),
        ("19-5", "19.5"),
        ("#19-5", "19.5"),
        ("/19-5", "19.5"),
        ("第19.5回", "19.5"),
        ("EP１９．５", "19.5"),
    ],
)
def test_the_number_of_an_episode_is_whole_however_it_is_called(typed, number):
    assert parse_query(typed).terms == (Term(number, is_number=True),)


@pytest.mark.parametrize("typed", ["LK-99", "36", "2024-06", "36回目", "10-20-5", "第三十六回"])
def test_not_every_number_is_that_of_an_episode(typed):
    assert parse_query(typed).terms == (Term(typed.lower(), is_open=True),)


@pytest.mark.parametrize(
    ("typed", "terms", "without"),
    [
        ("超伝導 -磁石", ["超伝導"], ["磁石"]),
        ("超伝導　－磁石", ["超伝導"], ["磁石"]),
        ('−"強い 磁石" 超伝導', ["超伝導"], ["強い 磁石"]),
        ("超伝導 - 磁石", ["超伝導", "磁石"], []),
        ("LK-99 g-2", ["lk-99", "g-2"], []),
        ("-磁石", [], ["磁石"]),
    ],
)
def test_a_minus_excludes(typed, terms, without):
    query = parse_query(typed)

    assert [term.text for term in query.terms] == terms
    assert [term.text for term in query.without] == without
    assert not any(term.is_open for term in query.without)


def test_a_minus_before_a_filter_excludes():
    query = parse_query("光 -tag:超伝導")

    assert (query.filters, query.filters_without) == ((), (("tag", "超伝導"),))


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("超伝導", []),
        ("LK-99", []),
        ("AI研究", [["ai", "研究"]]),
        ("量子computer 光", [["量子", "computer", "光"]]),
        ("ＡＩ研究", [["ai", "研究"]]),
        ("TCP/IP", [["tcp", "ip"]]),
        ("-磁石", [["磁石"]]),
        ("-273", [["273"]]),
        ("tag:超伝導 -磁石", []),
        ("#超伝導", [["超伝導"]]),
        ("第36回", [["第36回"]]),
        ("19-5 AI研究", [["19-5", "ai研究"], ["19-5", "ai", "研究"]]),
        ("1,000", []),
        ('"AI研究"', []),
        ("10.1000/x", []),
        ("https://example.org/a", []),
    ],
)
def test_fallbacks_of_a_query(typed, readings):
    assert [[term.text for term in each.terms] for each in looser_readings(parse_query(typed))] == readings


def test_a_fallback_keeps_filters_and_exclusions():
    [reading] = looser_readings(parse_query("AI研究 -光 tag:超伝導"))

    assert [term.text for term in reading.without] == ["光"]
    assert reading.filters == (("tag", "超伝導"),)


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


NAMES = {("speaker", "Dr. Yusuke Hashimoto"), ("tag", "machine learning"), ("tag", "machine")}


@pytest.mark.parametrize(
    ("typed", "filters", "terms"),
    [
        ("speaker:Dr. Yusuke Hashimoto", [("speaker", "Dr. Yusuke Hashimoto")], []),
        ("speaker: Dr. Yusuke Hashimoto 光", [("speaker", "Dr. Yusuke Hashimoto")], ["光"]),
        ("tag:machine learning potential", [("tag", "machine learning")], ["potential"]),
        ("tag:machine tag:machine learning", [("tag", "machine"), ("tag", "machine learning")], []),
        ("tag:machine -learning", [("tag", "machine")], []),
        ("speaker:machine learning", [("speaker", "machine")], ["learning"]),
    ],
)
def test_a_filter_takes_the_longest_words_that_are_a_name(typed, filters, terms):
    query = parse_query(typed, lambda kind, name: (kind, name) in NAMES)

    assert list(query.filters) == filters
    assert [term.text for term in query.terms] == terms


@given(st.text(max_size=300))
def test_no_query_is_an_error(typed):
    query = parse_query(typed)

    assert isinstance(query, Query)
    assert sum(len(term.text) for term in query.terms) <= LONGEST_QUERY * 4
    assert all(term.grams() for term in query.terms)
