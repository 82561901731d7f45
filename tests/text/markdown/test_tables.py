"""Tables: what the bars in a row divide."""

import re

import pytest

from interaxion.text.markdown import render


def rows(source):
    html = render(source, "post").html
    return [re.findall(r"<t[dh]>(.*?)</t[dh]>", row) for row in re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)]


def test_bar_within_code_divides_no_cell():
    source = "| op | code | note |\n|----|------|------|\n| or | `x|y` | kept |\n| abs | ``|v|`` | kept, too |\n"

    assert rows(source) == [
        ["op", "code", "note"],
        ["or", "<code>x|y</code>", "kept"],
        ["abs", "<code>|v|</code>", "kept, too"],
    ]


@pytest.mark.parametrize("prefix", ["", "> ", "  "])
def test_bar_within_code_divides_no_head(prefix):
    lines = ["| `a|b` | c |", "|---|---|", "| 1 | 2 |"]
    source = "".join(f"{prefix}{line}\n" for line in lines)

    assert rows(source) == [["<code>a|b</code>", "c"], ["1", "2"]]


def test_row_without_too_many_cells_is_divided_as_in_gfm():
    source = "| a | b |\n|---|---|\n| 1 ` | 2 ` |\n| `x\\|y` | 3 |\n"

    assert rows(source)[1:] == [["1 `", "2 `"], ["<code>x|y</code>", "3"]]


def test_bar_of_code_in_text_stays():
    assert render("`a|b` | c\n\n```\n| `a|b` |\n|---|\n```", "post").text == "a|b | c\n| `a|b` |\n|---|"
