"""The drills of `make drills` still run: a few seconds of each, with a lenient limit on a busy machine."""

import pytest

from tests.drills.__main__ import DRILLS


@pytest.mark.parametrize("name", ["listeners", "staff"])
def test_pages_answer_through_a_moment_of_the_drill(name):
    report = list(DRILLS[name](3, most=10))

    assert report and all("pages" in line or "not run" in line for line in report)


def test_a_backup_restored_on_an_empty_machine_gives_the_same_site():
    (line,) = DRILLS["restore"](3)

    assert "files of the export are the same" in line
