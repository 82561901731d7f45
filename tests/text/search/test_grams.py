import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.search.folding import fold_letters
from interaxion.text.search.grams import as_headings, close_up, grams_in_headings, grams_of, grams_of_term
from interaxion.text.search.terms import Term

WRITING = st.text(st.sampled_from("光学物性超伝導あアーカガ・が々ab2c9.5-, \n「」·é線αж"), max_size=24)


@given(WRITING, WRITING, WRITING, st.booleans(), st.booleans())
def test_a_text_that_contains_a_term_has_its_grams(before, typed, after, is_open, is_exact):
    """The one rule: the index never misses."""
    term = Term(fold_letters(typed).strip(), is_open=is_open, is_exact=is_exact)

    for text in (fold_letters(before + typed + after), fold_letters(before + after)):
        if term.stands_in(text):
            assert term.grams() <= grams_of(text)
            assert as_headings(term.grams()) <= grams_in_headings([text])


@given(WRITING, WRITING)
def test_a_term_found_in_another_spelling_has_its_grams_in_the_text(typed, text):
    for start in range(len(typed)):
        term = Term(fold_letters(typed[start : start + 4]).strip(), is_open=True)
        if term.stands_in(fold_letters(text)):
            assert term.grams() <= grams_of(fold_letters(text))


@given(WRITING, st.sampled_from(["9", "95", "9.5"]), st.sampled_from(["#", "第", "ep. ", "ep", ""]), WRITING)
def test_a_text_that_contains_an_episode_number_has_its_grams(before, number, prefix, after):
    term = Term(number, is_number=True)

    for suffix in ("回", ":", ""):
        text = fold_letters(before + prefix + number + suffix + after)
        assert not term.stands_in(text) or term.grams() <= grams_of(text)


@pytest.mark.parametrize("term", ["", "-", "・", "ー", "→", "…。"])
def test_a_term_without_letters_has_no_grams(term):
    assert grams_of_term(term, is_open=True) == set()


@pytest.mark.parametrize(("term", "text"), [("伝道", "超伝導"), ("xion", "an axion"), ("axi", "an axion")])
def test_a_part_of_a_word_is_not_among_the_grams(term, text):
    assert not grams_of_term(term, is_open=False) <= grams_of(text)


def test_a_word_of_the_text_is_not_mistaken_for_one_of_a_heading():
    assert not as_headings(grams_of_term("光学", is_open=False)) <= grams_of("光学") | grams_in_headings(["物性"])


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("テッド・チャン", "てっどちゃん"),
        ("スーパー・カミオカンデ", "すぱかみおかんで"),
        ("量子 コンピューター", "量子こんぴゅた"),
        ("光・X線", "光・x線"),
        ("lift off の話", "lift off の話"),
        ("題\n見出し\t光", "題\n見出し\t光"),
    ],
)
def test_close_up_removes_separators_between_japanese_letters(text, closed):
    assert close_up(fold_letters(text)) == closed
