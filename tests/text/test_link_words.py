import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.link_words import spell_link_words
from interaxion.text.markdown import render
from interaxion.web.page_titles import tidy_title


@pytest.mark.parametrize("words", ["格子の話 - 物理", "a_b_c", "C & D", "costs $5 and $6", "a [1] b", "「語」"])
def test_words_without_marks_stay_as_they_are(words):
    assert spell_link_words(words) == words


@given(st.text(max_size=40).map(tidy_title).map(lambda words: " ".join(words.split())).filter(bool))
def test_words_are_rendered_as_they_were_given(words):
    links = render(f"[{spell_link_words(words)}](/x)", "post").outline.links

    assert [link.text for link in links] == [words]
