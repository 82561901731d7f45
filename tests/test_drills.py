"""The drills of `make drills` still run: a moment of each, on a machine that does much else."""

import pytest

from tests.drills.__main__ import DRILLS


@pytest.mark.parametrize("name", DRILLS)
def test_pages_answer_through_a_moment_of_the_drill(name):
    said = list(DRILLS[name](3, most=10))

    assert said and all("pages, median" in line or "not run" in line for line in said)
