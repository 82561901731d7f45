import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from interaxion.text.search.folding import fold, fold_kana, fold_letters, fold_letters_with_places


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＬＫ－９９", "lk-99"),
        ("LK‐99", "LK−99"),
        ("MgB₂", "MGB2"),
        ("ｽﾋﾟﾝ", "スピン"),
        ("スピン", "すぴん"),
        ("コンピューター", "コンピュータ"),
        ("コンピューターサイエンス", "コンピュータサイエンス"),
        ("らーめん", "ラーメン"),
        ("Schrödinger", "schrodinger"),
        ("Schro\u0308dinger", "Schrödinger"),
        ("ＣＡＦÉ", "cafe"),
        ("㎏", "kg"),
        ("か\u3099", "が"),
        ("ヴォ", "ゔぉ"),
        ("STRASSE", "straße"),
    ],
)
def test_spellings_that_are_the_same(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("か", "が"), ("は", "ぱ"), ("ー", ""), ("a", "b"), ("ά", "α")])
def test_spellings_that_are_not(one, other):
    assert fold(one) != fold(other)


def test_letters_alone_are_folded_without_a_change_of_kana():
    assert fold_letters("ＬＫ‐９９ の ｺﾝﾋﾟｭｰﾀｰ と こーひー、CAFÉ") == "lk-99 の コンピューター と こーひー、cafe"


def test_places_lead_back_to_the_text_as_written():
    text = "㎏のＳｃｈｒö ｺﾝﾋﾟｭｰﾀｰ"
    folded, places = fold_letters_with_places(text)

    start = folded.index("schro")
    assert text[places[start] : places[start + 5]] == "Ｓｃｈｒö"
    start = folded.index("コンピューター")
    assert text[places[start] : places[start + 7]] == "ｺﾝﾋﾟｭｰﾀｰ"


@pytest.mark.parametrize(
    ("one", "other"),
    [("3〜4", "3～4"), ("3〜4", "3~4"), ("葛󠄀城", "葛城"), ("☀️", "☀")],
)
def test_wave_dashes_and_variants_of_a_character_are_one_spelling(one, other):
    assert fold_letters(one) == fold_letters(other)


LETTERS = st.text(st.sampled_from("aéİßǰ光ｶﾞﾟがかはー゛\u3099\u0301ヽヴ가ᄀ\u1161\u11a8ﬁ½㎏-‐ \n。x́Ωϐ"), max_size=12)


@given(st.one_of(LETTERS, st.text(max_size=12)))
@example("\u3099か")
@example("コーーヒー")
def test_folding_with_places_folds_alike_and_keeps_lines(text):
    folded, places = fold_letters_with_places(text)

    assert folded == fold_letters(text)
    assert fold_kana(folded) == fold(text)
    assert len(places) == len(folded) + 1
    assert places == sorted(places)
    assert folded.count("\n") == text.count("\n")
