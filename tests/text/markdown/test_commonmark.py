"""The 652 examples of the CommonMark specification: all pass, except for a reviewed list of differences."""

import csv
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from interaxion.text.markdown import render
from tests.text.markdown.commonmark import Example, read_examples, shape_of

pytestmark = pytest.mark.node  # which brings the specification
#: `example`, `section`, and `why` our page differs from what the specification shows.
DIFFERENCES = Path(__file__).parents[2] / "data" / "commonmark_differences.tsv"


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return list(read_examples())


def test_every_example_passes_without_our_additions(examples):
    bare = MarkdownIt("commonmark")

    assert len(examples) == 652
    assert [each.number for each in examples if shape_of(bare.render(each.source)) != shape_of(each.html)] == []


def test_our_additions_change_what_the_list_says_and_no_more(examples):
    with DIFFERENCES.open(encoding="utf-8", newline="") as table:
        reviewed = {(int(row["example"]), row["section"]) for row in csv.DictReader(table, dialect="excel-tab")}

    found = {
        (each.number, each.section)
        for each in examples
        if shape_of(render(each.source, "post").html) != shape_of(each.html)
    }

    assert found == reviewed
