import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.markdown import render
from interaxion.text.section_ends import add_to_section_ends

SOURCE = """前置き

## 一

本文[^1]

> ## 引用の中

### 細部

- a

## R&D "二"

終わり

[^1]: 注
"""


def added(source: str, notes: dict[str, str]) -> tuple[str, set[str]]:
    rendered = render(source, "post")
    outline = [heading.anchor for heading in rendered.outline.headings if not heading.folded]
    return add_to_section_ends(rendered.html, outline, notes)


@pytest.mark.parametrize(
    ("anchor", "before"),
    [("一", '<h3 id="細部">'), ("細部", '<h2 id="rd-二">'), ("rd-二", '<hr class="footnotes-sep">')],
)
def test_a_note_stands_at_the_end_of_its_section(anchor, before):
    html, placed = added(SOURCE, {anchor: "<p>記</p>"})

    assert f"<p>記</p>{before}" in html
    assert placed == {anchor}


@pytest.mark.parametrize("anchor", ["", "引用の中", "ない"])
def test_a_note_of_no_free_section_is_left_out(anchor):
    html, placed = added(SOURCE, {anchor: "<p>記</p>"})

    assert (html, placed) == (render(SOURCE, "post").html, set())


def test_the_last_section_ends_with_the_page():
    html, _placed = added("## 一\n\n本文\n", {"一": "<p>記</p>"})

    assert html.endswith("</p>\n<p>記</p>")


@given(st.text("#a >-<\n/details`", max_size=60))
def test_nothing_of_the_page_is_lost(source):
    html, placed = added(source, dict.fromkeys(["a", "aa", "details"], "NOTE"))

    assert html.replace("NOTE", "") == render(source, "post").html
    assert html.count("NOTE") == len(placed)
