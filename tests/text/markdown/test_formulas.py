import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.markdown import render
from interaxion.text.markdown.syntax.formulas import shield_bars


def formulas(source):
    return [(formula.tex, formula.display) for formula in render(source).outline.formulas]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("温度 $T_c$ と $x^2$", [("T_c", False), ("x^2", False)]),
        ("$a$、$b$", [("a", False), ("b", False)]),
        ("インライン $$\\alpha/2\\pi$$ でした", [("\\alpha/2\\pi", False)]),
        ("$$ {}^{48} $$Ca", [("{}^{48}", False)]),
        ("前\n\n$$\nE = mc^2\n$$\n\n後", [("E = mc^2", True)]),
        ("$$E = mc^2$$", [("E = mc^2", True)]),
        ("$$\na\n\nb\n$$", [("a\n\nb", True)]),
        ("前の行\n$$\na\n$$\n次の行", [("a", True)]),
        ("費用は $150-200K で $5 です", []),
        ("学生は$135（一般は $200）", []),
        ("US$100 と US$200", []),
        ("$ a $", []),
        ("\\$a\\$", []),
        ("`$a$`", []),
        ("長さ 10$\\mu$m が $\\sim$1 個", [("\\mu", False), ("\\sim", False)]),
        ("$5\\%$6", []),
        ("[$HOME in `=$HOME/x`](/a)", []),
        ("`echo $A` と $B `$C`", []),
        ("$`a`$", []),
        ("価格$a、費用$", []),
        ("$\\text{氷}$", [("\\text{氷}", False)]),
    ],
)
def test_formula_is_distinguished_from_money(source, found):
    assert formulas(source) == found


def test_long_formula_in_a_line_takes_the_focus_to_be_scrolled():
    long = "+".join("abcdefghijklmnop")

    assert 'tabindex="0"' in render(f"和 ${long}$").html
    assert "tabindex" not in render("和 $a+b$").html


def test_formula_is_mathml_that_keeps_its_source():
    rendered = render("$x^2$")

    assert rendered.html == (
        '<p><math alttext="x^2" display="inline"><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math></p>\n'
    )
    assert rendered.text == "x^2"


def test_formula_on_lines_of_its_own_can_be_scrolled():
    assert render("$$x$$").html.startswith('<div class="formula" tabindex="0"><math alttext="x" display="block">')


def test_aligned_equations_stand_in_columns():
    html = render("$$\n\\begin{aligned} a &= b+c \\\\ &= d \\end{aligned}\n$$").html

    assert html.count("<mtr>") == 2
    assert html.count('<mtd columnalign="right">') == html.count('<mtd columnalign="left">') == 2
    assert 'alttext="\\begin{aligned}' in html and "<mi>&amp;</mi>" not in html


def test_formula_that_cannot_be_parsed_is_shown_as_code_with_a_warning():
    rendered = render("a\n\n$x^2^3$ b")

    assert '<code class="formula">x^2^3</code>' in rendered.html
    assert [(problem.line, problem.detail) for problem in rendered.warnings] == [(3, "x^2^3")]


def test_markup_in_a_formula_is_text():
    assert "<mtext>&lt;b&gt;x</mtext>" in render("$\\text{<b>x}$").html


def test_bar_in_a_formula_does_not_end_the_cell():
    source = "| a | b |\n|---|---|\n| $\\frac{1}{|N|}$ | $5 | \n"

    assert formulas(source) == [("\\frac{1}{|N|}", False)]
    assert render(source).html.count("<td>") == 2


def test_bars_between_sums_of_money_separate_cells():
    row = "| $5 | $6 | $7 |"

    assert shield_bars(row) == row


@given(st.text(alphabet="|$a5 \\_\n`"))
def test_shielding_bars_only_adds_backslashes(source):
    assert shield_bars(source).replace("\\", "") == source.replace("\\", "")


@pytest.mark.parametrize("name", ["align", "align*", "equation", "gather"])
def test_environment_on_lines_of_its_own_is_a_formula(name):
    source = f"そこで\n\\begin{{{name}}}\na &= b_1 \\\\\nc &= d_1\n\\end{{{name}}}\nとなる。\n"

    html = render(source, "post").html

    assert '<div class="formula"' in html
    assert html.startswith("<p>そこで</p>")
    assert html.rstrip().endswith("<p>となる。</p>")


@pytest.mark.parametrize(
    "source",
    [
        "`\\begin{align}`\n",
        "```\n\\begin{align}\na\n\\end{align}\n```\n",
        "\\begin{align}\na\n\nb\n",
        "\\begin{align}\na\n",
    ],
)
def test_environment_without_an_end_or_in_code_stays_text(source):
    html = render(source, "post").html

    assert "<math" not in html
    assert "\\begin{align}" in html


def test_environment_within_dollar_signs_belongs_to_them():
    html = render("よって $$\n\\begin{align}\na &= b\n\\end{align}\n$$ となる。\n", "post").html

    assert html.count("<math") == 1
    assert "$" not in html
