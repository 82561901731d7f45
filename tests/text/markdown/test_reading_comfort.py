"""Readability and keyboard access of rendered notes."""

from interaxion.text.markdown import render


def test_commentary_below_an_items_link_stands_on_its_own_line():
    source = "- [論文](https://example.org/a)\n  これは注釈。\n"

    assert "</a><br>\nこれは注釈。" in render(source, kind="notes").html
    assert "<br>" not in render(source, kind="post").html


def test_a_sentence_that_only_holds_a_link_is_not_broken():
    assert "<br>" not in render("- まず[論文](https://example.org/a)\n  を読む。\n", kind="notes").html


def test_a_table_scrolls_in_a_box_that_the_keyboard_reaches():
    html = render("| a | b |\n|---|---|\n| 1 | 2 |\n", kind="post").html

    assert html.startswith('<div class="table" tabindex="0">\n<table>')


def test_an_empty_header_cell_is_an_ordinary_cell():
    html = render("| | b |\n|---|---|\n| 1 | 2 |\n", kind="post").html

    assert html.count("<th") - html.count("<thead") == 1


def test_highlighted_code_keeps_its_spaces():
    rendered = render("```python\nfrom random import random\n```\n", kind="post")

    assert "from random import random" in rendered.text
    assert '<span class="w"> </span>' in rendered.html
