import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.content.search.folding import fold
from interaxion.content.search.grams import as_headings, grams_in_headings, grams_of, grams_of_term, pattern_of

WRITING = st.text(st.sampled_from("光学物性超伝導あーが々ab2c9.5-, \n「」·é線αж"), max_size=24)


@given(WRITING, WRITING, st.booleans(), st.data())
def test_what_a_text_holds_its_grams_hold(before, after, is_open, data):
    """The one promise: the index never misses."""
    term = fold(data.draw(WRITING)).strip()
    text = fold(before) + term + fold(after)

    if pattern_of(term, is_open=is_open).search(text):
        assert grams_of_term(term, is_open=is_open) <= grams_of(text)
        assert as_headings(grams_of_term(term, is_open=is_open)) <= grams_in_headings([text])


@pytest.mark.parametrize(
    ("term", "text", "is_open", "is_there"),
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
        ("lk-99", "lk-99の", False, True),
        ("99", "lk-99の", False, True),
        ("mgb2", "mgb2線材", False, True),
        ("x線", "x線回折", False, True),
        ("線x", "線xy", False, False),
        ("2.a", "2.a", False, True),
        ("a", "2.a", False, True),
    ],
)
def test_words_are_whole_and_other_writing_is_found_anywhere(term, text, is_open, is_there):
    assert bool(pattern_of(term, is_open=is_open).search(text)) is is_there
    if not is_there and term in {"伝道", "xion", "axi"}:
        assert not grams_of_term(term, is_open=is_open) <= grams_of(text)


@pytest.mark.parametrize("term", ["", "-", "・", "🎉", "…。"])
def test_what_has_no_letter_has_no_gram(term):
    assert grams_of_term(term, is_open=True) == set()


def test_a_word_of_the_text_is_not_taken_for_one_of_a_heading():
    assert not as_headings(grams_of_term("光学", is_open=False)) <= grams_of("光学") | grams_in_headings(["物性"])
