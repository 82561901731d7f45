import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.colours import DARK_PAPER, LEAST_CONTRAST, LIGHT_PAPER, contrast, make_legible


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#123456", "#123456", 1)]
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("paper", [LIGHT_PAPER, DARK_PAPER])
@given(colour=st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"))
def test_every_colour_becomes_legible(paper, colour):
    legible = make_legible(colour, paper=paper)

    assert re.fullmatch("#[0-9a-f]{6}", legible)
    assert contrast(legible, paper) >= LEAST_CONTRAST


def test_legible_colour_stays_as_it_is():
    assert make_legible("#b23216", paper=LIGHT_PAPER) == "#b23216"


def test_papers_are_those_of_the_style_sheet():
    tokens = Path("static/css/tokens.css").read_text(encoding="utf-8")

    assert re.findall(r"--paper: (#\w{6});", tokens) == [LIGHT_PAPER, DARK_PAPER]
