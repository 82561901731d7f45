"""What is pasted, as browsers, Google Docs and Word put it on the clipboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.html_markdown import to_markdown
from interaxion.text.html_markdown.clipboard import plain_tags

DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span
style="font-size:11pt;font-weight:700">氷</span><span style="font-weight:400;">が浮く </span><a
href="https://e.test/ice" style="text-decoration:none"><span style="text-decoration:underline">論文</span></a></p><ul>
<li dir="ltr"><p dir="ltr"><span style="font-style:italic">一つ</span></p></li><ul><li><p>その中</p></li></ul><li>
<p>二つ</p></li></ul></b>"""
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><style>p {margin:0}</style><body lang=JA>
<!--StartFragment--><p class=MsoNormal><b>見出し</b>の<s>話</s><o:p></o:p></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>一つ</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span>&nbsp;</span></span><![endif]>その<i>中</i></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·</span>
<![endif]>二つ</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.</span>順に</p>
<p class=MsoNormal>おわり<img src="file:///C:/a.png"></p><!--EndFragment--></body></html>"""
SHEET = """<google-sheets-html-origin><style>td {}</style><table><colgroup><col></colgroup><tbody><tr><td
style="font-weight:bold">相</td><td>密度</td></tr><tr><td>氷</td><td>0.9</td></tr></tbody></table>"""
PAGE = """<h2 style="color:red">氷</h2><div class="lead"><p>水は<span style="color:#333">4&nbsp;°C</span>で
<a href="https://e.test/a?b=1&amp;c=2" onclick="x()">重い</a>。</p></div><script>alert(1)</script>"""


def pasted(html: str, **options) -> str:
    return to_markdown(plain_tags(html, **options)).replace("\xa0", " ").strip()


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (DOCS, "**氷**が浮く [論文](https://e.test/ice)\n\n- *一つ*\n  - その中\n- 二つ"),
        (WORD, "**見出し**の~~話~~\n\n- 一つ\n  - その*中*\n- 二つ\n\n1. 順に\n\nおわり"),
        (SHEET, "| **相** | 密度 |\n| --- | --- |\n| 氷 | 0.9 |"),
        (PAGE, "## 氷\n\n水は4 °Cで [重い](https://e.test/a?b=1&c=2)。"),
        ("<b style='font-weight:normal'>ふつう</b>", "ふつう"),
        ("<p>氷<style>p {color: red}", "氷"),
        ("<p>1 &lt; 2 <b>太字</p><p>続き", "1 < 2 **太字**\n\n続き"),
    ],
)
def test_pasted_text_keeps_links_lists_emphasis_and_tables(html, markdown):
    assert pasted(html) == markdown


def test_headings_are_bold_where_none_may_stand():
    assert pasted(PAGE, has_headings=False).startswith("**氷**\n\n")


TAGS = st.from_regex(r"(</?(p|li|ul|b|span)>|x){0,60}", fullmatch=True)


@given(st.text("<>/bpliulo =\"'&;!-#aé氷 \n", max_size=200) | TAGS)
def test_any_html_becomes_well_nested_tags(html):
    again = plain_tags(plain_tags(html))

    assert again == plain_tags(again)


def test_cost_rises_with_the_length_alone():
    many = 20_000

    assert plain_tags("<b>" * many + "</i>" * many).count("<b>") == many
