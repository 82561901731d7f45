import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.markdown import render
from interaxion.text.markdown.syntax.lists import nest_under_numbers


def html(source):
    return render(textwrap.dedent(source).strip("\n")).html.replace("\n", "")


@pytest.mark.parametrize("indent", ["  ", "   "])
def test_list_nests_by_two_and_three_spaces(indent):
    assert html(f"- ice\n{indent}- water") == "<ul><li>ice<ul><li>water</li></ul></li></ul>"


@pytest.mark.parametrize("indent", ["  ", "   "])
def test_list_nests_under_a_number_by_two_and_three_spaces(indent):
    result = html(f"1. ice\n{indent}- water\n{indent}- steam\n2. end")

    assert result == "<ol><li>ice<ul><li>water</li><li>steam</li></ul></li><li>end</li></ol>"


def test_what_stands_deeper_moves_along_with_its_item():
    source = "1. ice\n  - water\n    - deep\n  ```\n  code\n    more\n  ```\n2. end\n"

    assert nest_under_numbers(source) == (
        "1. ice\n   - water\n     - deep\n   ```\n   code\n     more\n   ```\n2. end\n"
    )


def test_numbered_lines_in_a_code_block_are_left_alone():
    source = "```\n1. ice\n  - water\n```"

    assert nest_under_numbers(source) == source


@given(st.text(alphabet="1.- \n`ab"))
def test_nesting_moves_lines_and_changes_nothing_else(source):
    before, after = source.split("\n"), nest_under_numbers(source).split("\n")

    assert [line.lstrip(" ") for line in before] == [line.lstrip(" ") for line in after]


def test_list_follows_a_paragraph_line():
    assert html("Ice:\n- one\n- two") == "<p>Ice:</p><ul><li>one</li><li>two</li></ul>"


@pytest.mark.parametrize("line", ["Steps:", "手順：", "**手順**"])
def test_numbered_list_of_any_start_follows_a_line_that_announces_it(line):
    result = html(f"{line}\n3. three\n4. four")

    assert result.endswith('<ol start="3"><li>three</li><li>four</li></ol>')


def test_number_at_the_start_of_an_ordinary_line_is_no_list():
    assert html("The year was\n1998. It was cold.") == "<p>The year was1998. It was cold.</p>"


def test_quotation_follows_a_hard_break():
    result = html("- [ice](/ice)  \n  >it sinks")

    assert "<blockquote><p>it sinks</p></blockquote></li></ul>" in result


def test_hard_break_in_an_item():
    assert html("- ice  \n  water") == "<ul><li>ice<br>water</li></ul>"


@pytest.mark.parametrize("mark", ["x", "X"])
def test_box_to_tick(mark):
    result = html(f"- [ ] ice\n- [{mark}] water")

    assert result == (
        '<ul><li class="task"><input disabled="" aria-label="☐" type="checkbox"> ice</li>'
        '<li class="task"><input disabled="" checked="" aria-label="☑" type="checkbox"> water</li></ul>'
    )


def test_brackets_in_a_paragraph_are_no_box():
    assert html("[ ] ice") == "<p>[ ] ice</p>"


def test_definition_list():
    assert html("氷\n: 固体の水") == "<dl><dt>氷</dt><dd>固体の水</dd></dl>"
