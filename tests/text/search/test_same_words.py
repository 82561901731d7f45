"""Words that mean the same, variants, and guesses at words that nothing holds."""

import pytest

from interaxion.text.search.fallbacks import guessed_readings, looser_readings
from interaxion.text.search.folding import fold_letters
from interaxion.text.search.guesses import in_other_script, one_edit_away, words_in
from interaxion.text.search.query import parse_query
from interaxion.text.search.ranking import BEGINS_TITLE, IN_HEADING, IN_LONGER_WORD, IN_TITLE, rank
from interaxion.text.search.same_words import SameWords

SAME = SameWords([["潮汐", "潮の満ち引き", "tide"], ["磁気嵐", "magnetic storm"], ["τ", "タウ"]])


def finds(typed: str, text: str) -> bool:
    return all(term.stands_in(fold_letters(text)) for term in SAME.expand(parse_query(typed)).terms)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("潮汐", "潮の満ち引きの話"),
        ("潮の満ち引き", "tide"),
        ("tide", "潮汐"),
        ("Magnetic Storm", "磁気嵐"),
        ("磁気嵐", "a magnetic storm"),
        ("潮汐発電", "潮の満ち引き発電"),
        ("τ粒子", "タウ粒子"),
    ],
)
def test_words_that_mean_the_same_find_each_other(typed, text):
    assert finds(typed, text)


@pytest.mark.parametrize(("typed", "text"), [('"潮汐"', "潮の満ち引き"), ("潮", "tide"), ("magnetic", "磁気嵐")])
def test_words_in_quotes_and_parts_of_words_mean_themselves_alone(typed, text):
    assert not finds(typed, text)


def test_word_as_typed_ranks_before_one_that_means_the_same():
    terms = SAME.expand(parse_query("潮汐")).terms

    assert rank("潮汐の回\n\n\n", terms) == (BEGINS_TITLE, BEGINS_TITLE)
    assert rank("tide の回\n\n\n", terms) == (IN_TITLE, IN_TITLE + 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙橋", "高橋"),
        ("渡邊", "渡辺"),
        ("齋藤", "斉藤"),
        ("ヴェガ", "ベガ"),
        ("レヴュー", "レビュー"),
        ("ｳﾞｨﾗ", "ビラ"),
    ],
)
def test_variants_of_kanji_and_of_kana_are_one(one, other):
    assert fold_letters(one) == fold_letters(other)


def test_emoji_are_found():
    assert finds("🐙", "きょうは🐙を食べました") and not finds("🐙", "たこ")


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("猫が水泳", ["猫", "水泳"]),
        ("氷の上の音", ["氷", "上", "音"]),
        ("地震について", ["地震"]),
        ("地震とは", ["地震"]),
        ("オーロラって何", ["オーロラ"]),
    ],
)
def test_particles_are_no_words_that_are_asked_for(typed, terms):
    query = parse_query(typed)
    reading = [query, *looser_readings(query)][-1]

    assert [term.text for term in reading.terms] == terms


@pytest.mark.parametrize(
    ("typed", "word"),
    [("ファラデー", "faraday"), ("pauling", "ポーリング"), ("シュレディンガー", "schrodinger"), ("ケプラー", "kepler")],
)
def test_name_is_found_in_the_other_script(typed, word):
    assert in_other_script(typed, ["maxwell", "ニュートン", word, "12"]) == word


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("galaxxy", "galaxy"),
        ("galxy", "galaxy"),
        ("gaalxy", "galaxy"),
        ("プラネタリム", "プラネタリウム"),
        ("なつね", "なつ寝"),
        ("gala", ""),
        ("山", ""),
    ],
)
def test_word_within_one_edit_is_meant(typed, word):
    assert one_edit_away(typed, list(words_in("galaxy、プラネタリウム、なつ寝、mountain"))) == word


def test_shortest_word_is_left_out_first_and_it_is_said():
    query = parse_query("銀河 望遠鏡 火")

    readings = list(guessed_readings(query, lambda term: term.text != "火", []))

    assert [(reading.how, reading.left_out) for reading in readings] == [
        ("less", "火"), ("less", "銀河"), ("less", "望遠鏡"),
    ]  # fmt: skip


def test_hit_inside_a_longer_word_comes_after_the_word_itself():
    terms = parse_query("スケート").terms

    assert rank("アイススケートの話\n\n\n", terms) == (IN_LONGER_WORD, IN_LONGER_WORD + 1)
    assert rank("題\n話とスケート\n\nアイススケート", terms) == (IN_HEADING, IN_HEADING)
