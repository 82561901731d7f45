import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from interaxion.text.markdown import kramdown_id, plain_text, render, render_inline
from interaxion.text.markdown.dialect import parser
from tests.text.markdown.test_attacks import watch

# Pieces that combine in odd ways sooner than random characters do.
PIECES = st.sampled_from(
    [
        *(
            "<",
            ">",
            "</",
            '"',
            "'",
            "`",
            "```",
            "~~~",
            "$",
            "$$",
            "\\",
            "*",
            "**",
            "_",
            "[",
            "](",
            ")",
            "![",
            "{#a}",
        ),
        *(
            "|",
            "\n",
            "\n\n",
            "- ",
            "1. ",
            "  ",
            "    ",
            "> ",
            "# ",
            "1:30 ",
            "氷",
            "「",
            "」",
            "：",
            "。",
            ":",
            ": ",
        ),
        *(
            "<details>",
            "<summary>",
            "</summary>",
            "</details>",
            "<p>",
            "</p>",
            "<font color=red>",
            "</font>",
            "<td>",
        ),
        *(
            "<blockquote class=twitter-tweet>",
            "</blockquote>",
            "<iframe src=",
            "https://www.youtube.com/embed/",
            "<a>",
        ),
        *(
            "[^1]",
            "[^1]: ",
            "&lt;",
            "&#0;",
            "<!--",
            "-->",
            "<![CDATA[",
            "<![if",
            "<?",
            "<svg onload=1>",
            "<math>",
        ),
        *(
            "<script>",
            "</script>",
            "<style>",
            "javascript:",
            "https://x.example/",
            "\t",
            "---",
            "===",
            "|---|",
            "[ ] ",
        ),
        *(
            "C[C@H](O)N",
            "\\frac{1}{",
            "\\text{<b>}",
            '<a href="',
            "onclick=",
            "<img src=",
            "<textarea>",
            "</a>",
            "\x0b",
        ),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(), st.sampled_from(["notes", "post", "chapter"]))
def test_rendering_never_fails_and_is_well_nested(source, kind):
    rendered = render(source, kind)

    watch(rendered.html)
    rendered.html.encode()
    assert render(source, kind) == rendered
    for heading in rendered.outline.headings:
        watch(heading.html)
    lines = source.count("\n") + source.count("\r") + 1
    assert all(1 <= found.line <= lines for found in rendered.outline.links)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=20).map("".join) | st.text())
def test_inline_functions_never_fail(source):
    watch(render_inline(source))
    kramdown_id(source)
    plain_text(source)


@given(st.text(alphabet=st.characters(categories=("Lu", "Ll", "Lo", "Nd")), min_size=1))
def test_plain_words_are_their_own_text(word):
    assert plain_text(word) == word


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ud800", "\uffff"])
def test_character_that_no_feed_can_hold_is_replaced(character):
    rendered = render(f"a{character}b")

    assert rendered.html == "<p>a\ufffdb</p>\n"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_every_kind_of_line_end_is_read(end):
    assert [h.line for h in render(f"# a{end}{end}# b{end}").outline.headings] == [1, 3]


@pytest.mark.parametrize(
    ("kind", "html"),
    [
        ("notes", "<p>氷は水に浮く</p>\n"),
        ("post", "<p>氷は水に浮く</p>\n"),
        ("chapter", "<p>氷は<br>\n水に浮く</p>\n"),
    ],
)
def test_line_break_between_wide_characters_joins_except_in_chapters(kind, html):
    assert render("氷は\n水に浮く", kind).html == html


@pytest.mark.parametrize("source", ["ice\nfloats", "氷は\nice", "ice\n氷", "얼음\n물"])
def test_line_break_next_to_a_narrow_character_or_in_korean_stays(source):
    assert "\n" in render(source, "post").html.strip()


def test_line_break_is_joined_across_marks():
    assert render("**氷は**\n[水](/x)に", "post").html == (
        '<p><strong>氷は</strong><a href="/x" rel="noopener">水</a>に</p>\n'
    )


def test_links_know_their_line_and_section():
    source = "[a](/a)\n\n## 1:30 氷\n\n- [b](/b)\n  [c](/c)[^1]\n\n## 水\n\n[d](/d)\n\n[^1]: [e](/e)\n"

    assert [(link.url, link.line, link.anchor) for link in render(source).outline.links] == [
        ("/a", 1, ""),
        ("/b", 5, "t-90"),
        ("/c", 6, "t-90"),
        ("/d", 10, "水"),
        ("/e", 12, ""),
    ]


def test_link_text_is_plain():
    (link,) = render("[**a** `b` ![c](c.png)](/x)").outline.links

    assert link.text == "a b c"


def test_footnotes_work_across_sections():
    html = render("# 1:00 a\n\ntext[^n]\n\n# 2:00 b\n\n[^n]: note").html

    assert '<sup class="footnote-ref"><a href="#fn1" id="fnref1" rel="noopener">[1]</a></sup>' in html
    assert '<li id="fn1" class="footnote-item">' in html


def test_text_has_one_line_per_block_and_no_marks():
    source = (
        "# 1:30 氷\n\n- **a** [b](/b)[^1]\n  - c\n\n| d | e |\n|---|---|\n| f | $x^2$ |\n\n"
        "```\ng  h\n```\n\n[^1]: note\n"
    )

    assert render(source).text == "1:30 氷\na b\nc\nd e\nf x^2\ng h\nnote"


def test_inline_rendering_is_one_paragraph_without_its_tag():
    assert render_inline("**氷** と [水](/x)") == '<strong>氷</strong> と <a href="/x" rel="noopener">水</a>'


def test_deep_lists_keep_every_item():
    source = "\n".join("  " * depth + f"- {depth}" for depth in range(30))

    assert render(source).html.count("<li>") == 30


def test_a_long_episode_renders_quickly():
    section = (
        "### 1:30 氷の話\n\n"
        + "- [氷についての長い題名の論文 - 雑誌](https://example.org/ice)  \n  感想を **一言** 書く\n" * 12
    )
    source = section * 15
    render(source)

    start = time.perf_counter()
    render(source)

    # 8 ms on the machine of its author; the margin is for a busy one.
    assert time.perf_counter() - start < 0.5


@given(st.text("az09.-/?#=&_~:;@AZ%[] ", max_size=20))
def test_address_is_spelled_as_by_the_parser_alone(rest):
    address = f"https://{rest}"
    assert parser("notes").normalizeLink(address) == MarkdownIt().normalizeLink(address)
