"""The definition of a match, on which the index and all other tests of search rely."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.search.folding import fold, fold_letters
from interaxion.text.search.grams import close_up
from interaxion.text.search.matching import SHORT
from interaxion.text.search.terms import Term


def finds(typed: str, text: str, **kinds: Any) -> bool:
    return Term(fold_letters(typed), **kinds).stands_in(fold_letters(text))


@pytest.mark.parametrize(
    ("typed", "text", "is_open", "is_there"),
    [
        ("伝", "超伝導", False, True),
        ("導", "超伝導", False, True),
        ("伝導", "超伝導体", False, True),
        ("伝道", "超伝導", False, False),
        ("axi", "an axion", True, True),
        ("axi", "an axion", False, False),
        ("xion", "an axion", True, False),
        ("axion", "アクシオンaxionの", False, True),
        ("19", "第19.5回", False, False),
        ("19", "第19.5回", True, True),
        ("19.5", "第19.5回", False, True),
        ("5", "第19.5回", True, False),
        ("9", "第19回", True, False),
        ("1", "第19回", True, False),
        ("R", "an r value", True, True),
        ("R", "a read value", True, False),
        ("mgb2", "mgb2線材", False, True),
        ("x線", "x線回折", False, True),
        ("線x", "線xy", False, False),
        ("2.a", "2.a", False, True),
        ("a", "2.a", False, True),
    ],
)
def test_words_are_whole_and_other_writing_is_found_anywhere(typed, text, is_open, is_there):
    assert finds(typed, text, is_open=is_open) is is_there


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("lk-99", "LK-99の"),
        ("99", "LK-99の"),
        ("lk99", "LK-99の"),
        ("lk-99", "LK99の"),
        ("LK99", "A-LK-99"),
        ("csh", "C-S-H系"),
        ("c-sh", "c-s-h"),
        ("spring8", "SPring‐8"),
        ("xray", "X-ray"),
        ("2.5d", "2.5-D"),
    ],
)
def test_a_hyphen_in_a_word_is_optional(typed, text):
    assert finds(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [("1020", "10-20"), ("10-20", "1020"), ("k99", "LK-99"), ("lk9", "LK-99"), ("195", "19-5"), ("1-95", "19.5")],
)
def test_a_hyphen_between_digits_has_a_meaning_and_words_stay_whole(typed, text):
    assert not finds(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("コンピュータ", "コンピューター"),
        ("コンピューター", "コンピュータ"),
        ("コンピューターサイエンス", "コンピュータサイエンス"),
        ("シュレディンガー", "シュレーディンガー"),
        ("すぴん", "スピン"),
        ("スピン", "すぴん"),
        ("らーめん", "ラーメンを食べる"),
        ("ﾋﾟｯﾁ", "ピッチ"),
        ("ユーザー", "ユーザ"),
        ("ユーザ", "ユーザー"),
        ("サーバー", "サーバ管理"),
        ("テッドチャン", "テッド・チャン"),
        ("テッド・チャン", "テッドチャン"),
        ("ファインマンダイアグラム", "ファインマン・ダイアグラム"),
        ("量子コンピュータ", "量子 コンピュータ"),
        ("くぜなぎ", "くぜ なぎ"),
        ("こーひー", "コーヒーを"),
        ("キー", "検索キーと"),
        ("キー", "スキー"),
        ("げーむ", "ボードゲーム"),
        ("カード", "かーどを引く"),
        ("いか", "イカの群れ"),
        ("オカ", "おか"),
        ("アート", "コンセプトアート"),
        ("ナノ", "ナノテク"),
    ],
)
def test_other_spellings_match(typed, text):
    assert finds(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("コーヒー", "デコヒーレンス"),
        ("キー", "テキスト"),
        ("カード", "立つのかどうか"),
        ("ノート", "組み合わせのトークン"),
        ("アート", "研究者として"),
        ("イカ", "これでいいかー"),
        ("イカ", "どれだけ近いか"),
        ("ナノ", "そんなの知らない"),
        ("ピー", "コピペ"),
        ("げーむ", "げむ"),
        ("のと", "モノトーン"),
        ("れん", "トレンド"),
        ("きー", "スキー場"),
        ("コピー", "コピペ"),
        ("か", "が"),
    ],
)
def test_a_short_word_of_kana_counts_as_it_is_typed(typed, text):
    assert not finds(typed, text)


@pytest.mark.parametrize(
    ("typed", "text", "is_there"),
    [
        ("コーヒー", "コーヒーを", True),
        ("こーひー", "コーヒーを", False),
        ("コンピューター", "コンピュータ", False),
        ("LK99", "LK-99", False),
        ("LK-99", "LK99", False),
        ("LK-99", "ＬＫ‐９９", True),
        ("テッドチャン", "テッド・チャン", False),
        ("の 光", "その光", False),
        ("err", "error", False),
    ],
)
def test_exact_words_count_only_as_they_are_typed(typed, text, is_there):
    assert finds(typed, text, is_exact=True) is is_there


@pytest.mark.parametrize(
    ("number", "text", "is_there"),
    [
        ("36", "36: 光の話", True),
        ("36", "前回は 第36回、", True),
        ("36", "Ep. 36 で", True),
        ("36", "(ep.36)", True),
        ("36", "#36 を", True),
        ("36", "エピソード 36", True),
        ("36", "ラジオ 36: 光の話", True),
        ("36.5", "36.5: 休憩", True),
        ("36", "36.5: 休憩", False),
        ("36", "136: 光の話", False),
        ("36", "第36章", False),
        ("36", "36 K", False),
        ("36", "36:09 節", False),
        ("36", "ep36", False),
        ("36", "step. 36", False),
    ],
)
def test_the_number_of_an_episode_is_found_where_it_is_one(number, text, is_there):
    assert finds(number, text, is_number=True) is is_there


JAPANESE = st.text(st.sampled_from("光物あアかカガひピーン・ "), max_size=12)


@given(JAPANESE, JAPANESE, JAPANESE)
def test_longer_japanese_is_found_where_its_folding_is(before, typed, after):
    """The patterns agree with a naive search in folded text."""
    typed = typed.strip("ー・ ")
    if len(close_up(fold_letters(typed))) > SHORT and "・・" not in typed and "  " not in typed:
        for text in (before + typed + after, before + after):
            assert finds(typed, text) == (close_up(fold(typed)) in close_up(fold(text)))
