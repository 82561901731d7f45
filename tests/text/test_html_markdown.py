"""HTML to Markdown, compared with the text that an independent reader finds in both."""

from collections import Counter
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from interaxion.text.html_markdown import to_markdown
from interaxion.text.markdown import render

PLAIN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


class TextOf(HTMLParser):
    """Keeps the characters that a browser shows."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.hidden = 0
        self.characters: Counter[str] = Counter()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.characters.update("".join(data.split()))


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>これは<strong>「強調」</strong>です。</p>", "これは**「強調」**です。\n"),
        ("<p>前<b> 太字 </b>後</p>", "前 **太字** 後\n"),
        ("<ul><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li><li>d</li></ul>", "- a\n  - b\n    1. c\n- d\n"),
        ("<ol start=5><li>a</li><li>b</li></ol>", "5. a\n6. b\n"),
        (
            "<table><tr><th>a<th>b|c<tr><td>1<br>2<td><code>x|y</code></table>",
            "| a | b\\|c |\n| --- | --- |\n| 1<br>2 | `x\\|y` |\n",
        ),
        ('<pre><code class="language-py">a  =  1\n\nb</code></pre>', "```py\na  =  1\n\nb\n```\n"),
        ('<div class="highlight"><pre>``` <span>&lt;x&gt;</span></pre></div>', "````\n``` <x>\n````\n"),
        ("<p>H<sub>2</sub>O <ruby>漢<rt>かん</rt></ruby></p>", "H<sub>2</sub>O <ruby>漢<rt>かん</rt></ruby>\n"),
        ('<p><a href="/a b">x [1]</a></p>', "[x [1]](</a b>)\n"),
        ('<p><a href="/b"><img src="/a.png" alt=""></a></p>', "[![](/a.png)](/b)\n"),
        ('<h2 id="old">新しい章</h2>', "## 新しい章 {#old}\n"),
        ('<p id="here">x</p><a name="there"></a>', '<a id="here"></a>x\n\n<a id="there"></a>\n'),
        ("<p>a_b_c *x* &lt;b&gt; 5. $1 and $2, 100. x-y</p>", "a\\_b\\_c \\*x\\* \\<b> 5. \\$1 and \\$2, 100. x-y\n"),
        ("<p># no heading</p><p>- no item</p>", "\\# no heading\n\n\\- no item\n"),
        ("<details><summary>解答</summary><p>a</p><ul><li>b</ul></details>",
         "<details>\n<summary>解答</summary>\n\na\n\n- b\n\n</details>\n"),
        ("<p>　字下げ</p>", "　字下げ\n"),
        ("text<p>paragraph</p>text", "text\n\nparagraph\n\ntext\n"),
        ("<!DOCTYPE html><head><title>T</title></head><body class='x'><main><p>a</p></main></body>", "a\n"),
        ("<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph --><script>x()</script>", "a\n"),
        ("", ""),
    ],
)  # fmt: skip
def test_html_is_written_as_markdown(html: str, markdown: str) -> None:
    assert to_markdown(html) == markdown


@pytest.mark.parametrize(
    "html",
    [
        '<figure><img src="/a.png" alt="b"><figcaption>図1 <b>c</b></figcaption></figure>',
        "<p>これは<i>、</i>だけ</p>",  # a mark in Markdown does not open before a comma
        "<dl><dt>語</dt><dd>意味</dd></dl>",
        '<table><tbody><tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>',
    ],
)
def test_what_markdown_cannot_say_stays_html(html: str) -> None:
    assert to_markdown(html) == f"{html}\n"


@pytest.mark.parametrize(
    "html",
    [
        '<iframe width="560" src="https://www.youtube.com/embed/abcdefghijk" allowfullscreen></iframe>',
        "<figure class='wp-block-embed'><div>\nhttps://youtu.be/abcdefghijk\n</div></figure>",
        '<p>before<iframe src="//www.youtube.com/embed/abcdefghijk"></iframe>',
    ],
)
def test_a_player_becomes_its_address(html: str) -> None:
    markdown = to_markdown(html)

    assert "<" not in markdown
    assert [embed.id for embed in render(markdown, "post").outline.embeds] == ["abcdefghijk"]


def test_a_player_that_is_not_known_stays_a_link() -> None:
    markdown = to_markdown('<p>a</p><iframe src="https://play.example/1"></iframe>')

    assert [link.url for link in render(markdown, "post").outline.links] == ["https://play.example/1"]


def test_footnotes_become_those_of_markdown() -> None:
    html = """<p>氷<sup id="fnref:1"><a href="#fn:1" class="footnote">1</a></sup>と<a href="#n2"><sup>2</sup></a></p>
    <div class="footnotes"><hr><ol><li id="fn:1"><p>一つ目 <a href="#fnref:1">↩︎</a></p></li>
    <li id="n2"><p>二つ</p><p>目</p><a href="#r">↩</a></li></ol></div><p>後</p>"""

    assert to_markdown(html) == "氷[^1]と[^2]\n\n後\n\n[^1]: 一つ目\n\n[^2]: 二つ\n\n    目\n"


def test_a_footnote_without_a_mark_stays_in_its_list() -> None:
    markdown = to_markdown('<p>a</p><ol><li id="fn1">b <a href="#r">↩</a></li></ol>')

    assert "b" in markdown
    assert "[^" not in markdown


WORDS = st.text(st.sampled_from("aZ9 漢か「」、。（）*_~`$#+-.!|\\[](){}<>&:^=\"'\u3000"), max_size=12)
TAGS = st.sampled_from([
    "p", "div", "ul", "ol", "li", "b", "i", "em", "strong", "code", "pre", "h2", "h4", "blockquote", "table", "tr",
    "td", "th", "a", "span", "sub", "s", "dl", "dt", "dd", "figure", "figcaption", "details", "summary", "mark",
    "ruby", "rt", "br", "section",
])  # fmt: skip


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


HTML = st.recursive(
    WORDS.map(_escaped),
    lambda inner: st.builds(lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", TAGS, st.lists(inner, max_size=4)),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(HTML)
def test_no_character_is_lost(html: str) -> None:
    assert TextOf(render(to_markdown(html), "post").html).characters >= TextOf(html).characters
