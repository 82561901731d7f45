"""The targets of `make fuzz` still run: a few examples for each, so that none goes stale."""

import pytest

from tests.fuzzing import SLOW, TARGETS, run


@pytest.mark.parametrize("name", TARGETS)
def test_target_finds_nothing_in_a_moment(name):
    run(name, examples=2 if name in SLOW else 15)
