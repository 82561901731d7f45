import re

import pytest

from interaxion.text.markdown import kramdown_id, render
from interaxion.text.markdown.syntax.headings import slug


def headings(source, kind="notes"):
    return render(source, kind).outline.headings


def test_heading_with_a_time_is_anchored_at_it():
    rendered = render("### 1:30 Ice *sinks*")

    (heading,) = rendered.outline.headings
    assert (heading.level, heading.text, heading.html) == (3, "Ice sinks", "Ice <em>sinks</em>")
    assert (heading.anchor, heading.starts_at, heading.line) == ("t-90", 90, 1)
    assert rendered.html == (
        '<h3 id="t-90"><a class="time" href="#t-90" rel="noopener"><time datetime="PT90S">1:30</time></a> '
        "Ice <em>sinks</em></h3>\n"
    )


@pytest.mark.parametrize("kind", ["post", "chapter"])
def test_time_is_only_read_in_notes(kind):
    (heading,) = headings("## 1:30 Ice", kind)

    assert (heading.anchor, heading.starts_at, heading.text) == ("1-30-ice", None, "1:30 Ice")


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("Ice and Water", "ice-and-water"),
        ("氷と 水", "氷と-水"),
        ("ＡＢＣ　１２３", "abc-123"),
        ("「氷」の話！", "氷の話"),
        ("Ａ／Ｂテスト", "a-bテスト"),
        ("🧊", "section"),
        ("", "section"),
        ("T-90 tank", "section-t-90-tank"),
        ("t-shirt", "t-shirt"),
        ("fn1", "section-fn1"),
    ],
)
def test_slug_keeps_the_letters_of_every_script(text, anchor):
    assert slug(text) == anchor


def test_repeated_headings_get_numbers():
    assert [h.anchor for h in headings("## 氷\n## 氷\n## 氷\n## 1:00 a\n## 1:00 b")] == [
        "氷",
        "氷-2",
        "氷-3",
        "t-60",
        "t-60-2",
    ]


def test_imported_id_is_a_second_anchor():
    rendered = render("### 1:18:44 氷の電気抵抗 {#11844-氷の電気抵抗}")

    assert rendered.html.startswith('<h3 id="t-4724"><span id="11844-氷の電気抵抗"></span><a class="time"')
    assert rendered.outline.headings[0].text == "氷の電気抵抗"


def test_imported_id_equal_to_ours_is_written_once():
    assert render("## 氷 {#氷}").html == '<h2 id="氷">氷</h2>\n'


def test_several_imported_ids():
    assert render("## 氷 {#a #b}").html == '<h2 id="氷"><span id="a"></span><span id="b"></span>氷</h2>\n'


def test_imported_ids_come_before_ours():
    assert [h.anchor for h in headings("## 氷\n\n## 水 {#氷}")] == ["氷-2", "水"]


def test_imported_id_given_twice_is_warned_about():
    rendered = render("## 氷 {#a}\n\n## 水 {#a}")

    assert rendered.html.count('id="a"') == 1
    assert [(problem.line, problem.detail) for problem in rendered.warnings] == [(3, "a")]


def test_headings_inside_other_blocks_are_folded():
    source = "## a\n\n> ## b\n\n<details>\n<summary>x</summary>\n\n## c\n\n</details>\n\n## d"

    assert [(h.text, h.folded) for h in headings(source)] == [
        ("a", False),
        ("b", True),
        ("c", True),
        ("d", False),
    ]


def test_underlined_heading_of_notes_stands_below_its_section():
    source = "雪\n---\n\n### 1:30 氷\n\n2:00 水\n---\n\n> 霧\n> ---\n"

    assert [(h.level, h.text, h.starts_at) for h in headings(source)] == [
        (2, "雪", None), (3, "氷", 90), (4, "水", 120), (2, "霧", None),
    ]  # fmt: skip
    assert [h.level for h in headings(source, "post")] == [2, 3, 2, 2]


def test_formula_in_a_heading_is_in_its_text_and_anchor():
    (heading,) = headings("## 氷 $T_c$ の話")

    assert (heading.text, heading.anchor) == ("氷 T_c の話", "氷-t_c-の話")


def test_footnote_of_a_heading_stays_with_the_heading():
    rendered = render("# 1:30 氷[^1]\n\n[^1]: 水")

    assert rendered.outline.headings[0].html == "氷"
    assert rendered.html.count('id="fnref1"') == 1


@pytest.mark.parametrize(
    ("heading", "id"),
    [
        ("1:18:44 電気抵抗ゼロ", "11844-電気抵抗ゼロ"),
        ("35:25 ABC の…", "3525-abc-の"),
        ("Ice & Water", "ice--water"),
        ("C++ と `code_x`", "c-と-code_x"),
        ("[ice](https://example.org/) *sinks*", "ice-sinks"),
        ("58:23 JSNS $$^2$$ 実験", "5823-jsns-2-実験"),
        ("<i>g</i>–2 について", "g2-について"),
        ("「氷」、水！", "氷水"),
        ("ポリマー・ガラス", "ポリマーガラス"),
        ("①", ""),
    ],
)
def test_kramdown_id_is_what_kramdown_makes(heading, id):
    assert kramdown_id(heading) == id


@pytest.mark.parametrize("kind", ["post", "chapter"])
def test_heading_keeps_the_id_of_kramdown_beside_ours(kind):
    source = "## 書籍・サイト\n\n## A - B\n\n## A - B\n\n## Plain\n\n## C/D {#own}\n\n[x](#a---b-1)\n"
    rendered = render(source, kind)

    assert [heading.anchor for heading in rendered.outline.headings] == ["書籍-サイト", "a-b", "a-b-2", "plain", "c-d"]
    assert re.findall('<span id="([^"]*)"', rendered.html) == ["書籍サイト", "a---b", "a---b-1", "own"]


def test_id_of_kramdown_takes_none_of_another_heading():
    rendered = render("## a\n\n## a\n\n## a 1\n", "post")

    assert [heading.anchor for heading in rendered.outline.headings] == ["a", "a-2", "a-1"]
    assert rendered.html.count('id="a-1"') == 1
