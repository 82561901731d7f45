"""The limits that keep every text quick to render, and what readers see beyond them."""

import pytest

from interaxion.text.markdown import render
from interaxion.text.markdown.html.code import LONGEST, LONGEST_SUM
from interaxion.text.markdown.html.nesting import DEEPEST
from interaxion.text.markdown.rendered import TOO_MANY_CELLS


def make_code(characters):
    """Return Python that repeats nothing."""
    return "".join(f"value_{number:x} = {number * 7919}\n" for number in range(characters))[:characters]


def test_long_code_is_plain():
    short, long = (render(f"```py\n{make_code(length)}\n```").html for length in (LONGEST - 1, LONGEST + 1))
    assert 'class="n"' in short
    assert "<span" not in long
    assert "value_1f = " in long


def test_code_beyond_the_sum_is_plain():
    blocks = LONGEST_SUM // (LONGEST - 1) + 1
    html = render(f"```py\n{make_code(LONGEST - 2)}\n```\n\n" * blocks).html
    assert [("<span" in block) for block in html.split("</pre>")[:-1]] == [True] * (blocks - 1) + [False]


def test_code_of_repetitions_or_long_lines_is_plain():
    assert "<span" not in render("```java\n" + "a b\n" * 500 + "```").html
    assert "<span" not in render("```py\n" + " ".join(make_code(600).split()) + "\n```").html
    assert "<span" in render("```py\n" + "import os\n" * 8 + "```").html


def test_tags_deeper_than_the_limit_are_dropped_and_their_text_stays():
    html = render("<div>" * (DEEPEST + 20) + "deep" + "</div>" * (DEEPEST + 20) + "\n\nafter").html
    assert html.count("<div>") == DEEPEST
    assert "deep" in html
    assert html.endswith("<p>after</p>\n")


def test_end_tags_left_out_do_not_count_as_depth():
    html = render("<ul>" + "<li>item" * 300 + "</ul>").html
    assert html.count("<li>") == 300


def test_unclosed_links_in_html_do_not_count_as_depth():
    rendered = render("".join(f"<p><a href=/{number}>a</p>" for number in range(300)))
    assert len(rendered.outline.links) == 300
    assert rendered.html.count('href="/') >= 300


def test_table_whose_rows_lack_most_cells_stays_as_written_with_a_warning():
    table = "|a" * 100 + "|\n" + "|-" * 100 + "|\n" + "|\n" * 200
    rendered = render("text\n\n" + table)
    assert "<table>" not in rendered.html
    assert [(problem.line, problem.message_id) for problem in rendered.warnings] == [(3, TOO_MANY_CELLS)]


def test_table_may_lack_a_few_cells():
    rendered = render("|a|b|c|\n|-|-|-|\n" + "|1|\n" * 1000)
    assert rendered.html.count("<td>") == 3000
    assert not rendered.warnings


def test_long_formula_is_shown_as_written():
    rendered = render("$" + "x + " * 600 + "y$")
    assert '<code class="formula">' in rendered.html
    assert len(rendered.warnings) == 1


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[a [b] c](/x)", '<p><a href="/x" rel="noopener">a [b] c</a></p>\n'),
        ("[a [b](/y) c](/x)", '<p>[a <a href="/y" rel="noopener">b</a> c](/x)</p>\n'),
        ("[a `]` c](/x)", '<p><a href="/x" rel="noopener">a <code>]</code> c</a></p>\n'),
        ("[a](/x_(b)_c)", '<p><a href="/x_(b)_c" rel="noopener">a</a></p>\n'),
        ("[[[a](/x)", '<p>[[<a href="/x" rel="noopener">a</a></p>\n'),
        ("[a](/x(b)", "<p>[a](/x(b)</p>\n"),
    ],
)
def test_link_labels_end_where_they_did(source, html):
    assert render(source).html == html


def test_link_without_an_end_has_the_words_up_to_the_next_link():
    links = render("<a href=/x>one <a href=/y>two</a> three").outline.links
    assert [(link.url, link.text) for link in links] == [("/x", "one"), ("/y", "two")]


def test_unclosed_tags_are_shown_as_text():
    assert "&lt;a &lt;a" in render("<div>\n<a <a <a").html


def test_nested_pairs_that_are_empty_are_removed_at_once():
    assert render("a" + "<b><i>" * 4 + " " + "</i></b>" * 4 + "<span> </span>").html == "<p>a<span> </span></p>\n"
