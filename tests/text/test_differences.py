import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.differences import Piece, compare, shortened, words

TEXTS = st.text(alphabet="ab 室温超のカナ。\n\r", max_size=60)


def spelled(pieces, *kinds):
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


@pytest.mark.parametrize("fragment", ["<summary> ", "> a\n", "a\n", "<p>\na\n", "a b "])
def test_long_texts_of_repetitions_are_compared_with_bounded_work(fragment):
    old = fragment * (100_000 // len(fragment))
    for new in (old.replace("a", "b"), old[::-1], old[:30_000] + "x" + old[50_000:]):
        start = time.process_time()
        pieces = compare(old, new)
        assert time.process_time() - start < 20, "it takes half a second; without a bound it would be minutes"
        assert spelled(pieces, "same", "removed") == old
        assert spelled(pieces, "same", "added") == new


@given(TEXTS)
def test_words_are_the_whole_text(text):
    assert "".join(words(text)) == text


@given(TEXTS, TEXTS)
def test_difference_holds_both_texts(old, new):
    pieces = compare(old, new)

    assert spelled(pieces, "same", "removed") == old.replace("\r\n", "\n") or "\r\n" in old + new
    assert spelled(pieces, "same", "added") == new.replace("\r\n", "\n") or "\r\n" in old + new


@given(TEXTS)
def test_text_that_did_not_change_has_no_difference(text):
    assert spelled(compare(text, text), "added", "removed") == ""


@pytest.mark.parametrize(
    ("old", "new", "removed", "added"),
    [
        ("室温の超伝導を話した。", "室温の超流動を話した。", "超伝導", "超流動"),
        ("The lattice is old.", "The lattice is new.", "old", "new"),
        ("ラボの話", "スタジオの話", "ラボ", "スタジオ"),
        ("一行目\n二行目\n三行目\n", "一行目\n三行目\n", "二行目\n", ""),
    ],
)
def test_difference_is_in_words(old, new, removed, added):
    pieces = compare(old, new)

    assert (spelled(pieces, "removed"), spelled(pieces, "added")) == (removed, added)


def test_long_texts_are_compared_quickly():
    old = "".join(f"- [話{n}](https://example.org/{n})と、その続きの文です。\n" for n in range(3000))
    new = old.replace("その続きの文", "その先の文")

    start = time.perf_counter()
    pieces = compare(old, new)

    assert spelled(pieces, "same", "added") == new
    assert time.perf_counter() - start < 60, "a page must come"


def test_what_did_not_change_is_shortened():
    pieces = [Piece("same", "あ" * 500), Piece("added", "い"), Piece("same", "う" * 10)]

    assert shortened(pieces) == [Piece("skipped", "…"), Piece("same", "あ" * 60), *pieces[1:]]
