import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.front_matter.parsing import parse_document
from interaxion.text.kramdown import JekyllSite, rewrite

SITE = JekyllSite(
    url="https://example.org", baseurl="/show/", posts={"2020-01-02-hello": "/blog/hello", "about.md": "/about/"}
)

CONTENTS = """\
<details>
<!-- why this is here -->
<summary markdown='span'>目次</summary>
<nav>
  * this list is replaced
  {:toc}
<!-- and why this -->
</nav>
</details>
<br>
"""


def rewritten(text: str) -> str:
    return rewrite(text, site=SITE).text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (CONTENTS + "\n### 話\n", "\n### 話\n"),
        ("前\n\n* 目次\n{:toc}\n\n後", "前\n\n\n後"),
        ("<summary markdown='span'>図</summary>\n", "<summary>図</summary>\n"),
        ('<div markdown="1" class="x">\n**太字**\n</div>', '<div class="x">\n\n**太字**\n</div>'),
        ("文\n{: .note #here}\n", "文\n"),
        ("[図](a.png){: .wide width=\"300\"}と*光*{:.x}。", "[図](a.png)と*光*。"),
        ("## 光る茸\n{: #mushroom .big}\n\n文", "## 光る茸 {#mushroom}\n\n文"),
        ("## 光る茸 {: #mushroom}\n文", "## 光る茸 {#mushroom}\n文"),
        ("## 光る茸 {#mushroom}\n文", "## 光る茸 {#mushroom}\n文"),
        ("{::nomarkdown}\n<b>*</b>\n{:/}", "<b>*</b>\n"),
        ("a{::comment}secret{:/comment}b", "ab"),
        ('{% include figure.html url="a.png" description="" %}', "![](a.png)"),
        ('  {% include figure.html url="a b.png" description="茸 ([図鑑](a))<br>の  \n光" %}',
         "  ![茸 (図鑑) の 光](a%20b.png)\n  \n  茸 ([図鑑](a))<br>の  \n  光"),
        ('- 見て {% include figure.html url="a.png" description="茸" %}', "- 見て ![茸](a.png) 茸"),
        ('{% include video.html url="a.mp4\n" description="動く茸" %}',
         '<video src="a.mp4" controls></video>\n\n動く茸'),
        ('{% include amazon.html url="https://example.org/b" title="茸 [新版]" %}',
         "[茸 \\[新版\\]](https://example.org/b)"),
        ('- {% include keyword.html index="glow" title="発光" %}  ', "- [発光](/keywords/glow/)  "),
        ("[論文](a) {% include open-access-logo.html %}", "[論文](a) (Open Access)"),
        ("![x]({{ site.url }}/a.png) {{site.baseurl}}/b {{ '/c' | relative_url }}",
         "![x](https://example.org/a.png) /show/b /show/c"),
        ("{% highlight python %}\nprint('`')\n{% endhighlight %}\n", "```python\nprint('`')\n```\n"),
        ("[a]({% link about.md %}) ![b]({{site.baseurl}}{% link a/b.png %})",
         "[a](/show/about/) ![b](/show/show/a/b.png)"),
        ("[a]({{ '/a.pdf' | prepend: site.baseurl | prepend: site.url }})", "[a](/show/a.pdf)"),
        ("[前]({% post_url 2020-01-02-hello %})", "[前](/show/blog/hello)"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("{% comment %}\nsecret\n{% endcomment %}x", "x"),
        ("</div>\n- a\n", "</div>\n\n- a\n"),
        ("<p>x</p>\n### 1:30 話\n", "<p>x</p>\n\n### 1:30 話\n"),
        ("- <b>a</b>\n- b\n", "- <b>a</b>\n- b\n"),
        ("a\r\n{:.x}\r\nb", "a\nb"),
        ('![x](/a/b c (1).png "d") [y](<e f>)', '![x](/a/b%20c%20%281%29.png "d") [y](e%20f)'),
        ("- {:.x} 茸\n", "- 茸\n"),
        (r"茸 \\( x_1 \\) と \\[ y \\] と \( z \)", r"茸 $$ x_1 $$ と $$ y $$ と \( z \)"),
        ("茸\n\n| 赤 | 黒 \\| 白 |\n| 1 | 2 |\n", "茸\n\n|   |   |\n|---|---|\n| 赤 | 黒 \\| 白 |\n| 1 | 2 |\n"),
        ("| 赤 | 黒 |\n|:--|--:|\n| 1 | 2 |\n", "| 赤 | 黒 |\n|:--|--:|\n| 1 | 2 |\n"),
        ('{::options parse_block_html="true" /}\n<div>\n*茸*\n</div>', "<div>\n\n*茸*\n</div>"),
        ("<div>\n*茸*\n</div>", "<div>\n*茸*\n</div>"),
        ('{::options parse_block_html="true" /}\n文\n', "文\n"),
    ],
)  # fmt: skip
def test_known_form_is_rewritten(before, after):
    assert rewritten(before) == after


@pytest.mark.parametrize(
    "code",
    [
        "```\n{% include figure.html url='a' %}\n{:toc}\n```",
        "~~~md\n## a\n{: #b}\n~~~",
        "    {{ site.url }}\n",
        "`{{ site.url }}` と ``{:.x} ` {% post_url a %}``",
        "- a\n\n  ```\n  {{ site.url }}\n  ```",
        "> ```\n> {{ site.url }}\n> ```",
    ],
)
def test_code_is_left_alone(code):
    assert rewrite(code, site=SITE).text == code
    assert rewrite(code, site=SITE).notes == ()


def test_tag_that_protected_code_from_liquid_is_removed():
    assert rewritten("```tex{% raw %}\n\\a{%\n{% endraw %}\n```") == "```tex\n\\a{%\n\n```"
    assert rewritten("````liquid\n{%- raw %}\n{% x %}{% endraw %}\n````") == "````liquid\n{% x %}\n````"
    assert rewritten("`{% raw %}{% x %}{% endraw %}`") == "`{% x %}`"


def test_attributes_after_a_code_block_belong_to_it():
    result = rewrite('```js\nx\n```\n{:filename="a.js"}\n\n文', first_line=5)

    assert result.text == "```js\nx\n```\n\n文"
    assert [(note.line, str(note)) for note in result.notes] == [(8, "the attribute filename is left out: a.js")]


@pytest.mark.parametrize(
    "unknown",
    [
        "{% include other.html a=\"b\" %}",
        "{% include figure.html url=page.image %}",
        "{% for post in site.posts %}",
        "{% for post in site.posts %}{{ post.title }}{% endfor %}",
        "{{ page.url | escape }}",
        "{{ nowhere }}",
        "{% assign a = site.time %}",
        "{% seo %}",
        "{% post_url 2020-01-02-unknown %}",
    ],
)  # fmt: skip
def test_liquid_that_only_jekyll_knows_is_left_out_and_noted_with_its_line(unknown):
    result = rewrite(f"{CONTENTS}\n文\n\nこれは {unknown}\n", first_line=10, site=SITE)

    assert result.text == "\n文\n\nこれは \n"
    assert [(note.line, note.params) for note in result.notes] == [(23, {"text": unknown})]


@pytest.mark.parametrize(
    "unknown",
    [
        "{::options toc_levels=\"1\" /}",
        "笑{:D}",
    ],
)  # fmt: skip
def test_unknown_form_stays_visible_and_is_noted_with_its_line(unknown):
    result = rewrite(f"{CONTENTS}\n文\n\nこれは {unknown}\n", first_line=10, site=SITE)

    assert result.text == f"\n文\n\nこれは {unknown}\n"
    assert [note.line for note in result.notes] == [10 + CONTENTS.count("\n") + 3]
    assert unknown.strip("笑") in str(result.notes[0])


def test_liquid_is_text_where_the_site_does_not_read_it():
    text = "{{ site.url }} {% raw %}`{% x %}` {: .y}{% endraw %}"

    result = rewrite(text + "\n{: .z}\n", site=JekyllSite(liquid=False))

    assert "{{ site.url }} {% raw %}`{% x %}`" in result.text
    assert "{: .z}" not in result.text


def test_what_is_left_out_is_noted():
    text = '{% include figure.html url="a.png" width="300" %}\n\n{% include amazon.html url="b" image="c.jpg" %}'

    assert [(note.line, str(note)) for note in rewrite(text).notes] == [
        (1, "the width 300 is left out"),
        (3, "a shop's picture is left out: c.jpg"),
    ]


@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "{:",
                    "}",
                    "{:toc}",
                    "{%",
                    "%}",
                    "{{",
                    "}}",
                    " raw ",
                    " endraw ",
                    " include figure.html ",
                    "{:/}",
                ),
                *(
                    "`",
                    "```",
                    "\n",
                    "\n\n",
                    "    ",
                    "- ",
                    "# ",
                    "<details>",
                    "</details>",
                    "<!--",
                    "-->",
                    ">",
                    "あ",
                ),
                *(
                    'url="a"',
                    "{::nomarkdown}",
                    "<p markdown=1>",
                    "{: #x}",
                    "{% highlight js %}",
                    "{% endhighlight %}",
                ),
            ]
        ),
        max_size=20,
    ).map("".join)
)
def test_any_text_is_rewritten_without_losing_its_words(text):
    result = rewrite(text, site=SITE)

    assert result.text.count("あ") == text.count("あ") or "endhighlight" in text or "toc" in text or "{:" in text
    assert all(1 <= note.line <= text.count("\n") + 1 for note in result.notes)


@given(st.text(st.characters(exclude_characters="{}<>`\r")))
def test_text_without_any_form_is_untouched(text):
    result = rewrite(text)

    assert (result.text, result.notes) == (text, ())


@pytest.mark.corpus
def test_every_line_of_real_posts_that_is_plain_markdown_survives_in_order():
    posts = [path for path in Path(os.environ["CORPUS"]).rglob("*.md") if "_posts" in path.parts]
    assert posts

    for path in posts:
        document = parse_document(path.name, path.read_bytes())
        result = rewrite(document.body, first_line=document.body_line)
        body = re.sub(
            r"<details>\s*<!--[^<]*-->\s*<summary[^>]*>目次.*?</details>\s*(<br>)?",
            "",
            document.body,
            flags=re.S,
        )
        left = iter(line.strip() for line in result.text.split("\n"))
        for line in body.split("\n"):
            if line.strip() and not re.search(r"\{[:%{]|[%}]\}|markdown=", line):
                assert line.strip() in left, f"{path.name}: {line}"
        assert "{:toc}" not in result.text


def test_abbreviation_is_noted_and_not_shown():
    written = rewrite(
        "HTMLの話。\n\n*[HTML]: Hyper Text Markup Language\n*[CSS]: Cascading\n\n    *[X]: code\n", first_line=5
    )

    assert written.text == "HTMLの話。\n\n\n    *[X]: code\n"
    assert [(note.line, str(note)) for note in written.notes] == [
        (7, "what the abbreviation HTML means is left out: Hyper Text Markup Language"),
        (8, "what the abbreviation CSS means is left out: Cascading"),
    ]


def test_html_below_a_blank_line_is_no_code():
    source = "<div>\n\n    <p>{{ site.url }}</p>\n\n    plain\n\n<pre>\n\n    code\n</pre>\n</div>\n\n    code\n"

    expected = source.replace("    <p>{{ site.url }}", "   <p>https://example.org").replace("    plain", "   plain")
    assert rewritten(source) == expected


def test_markdown_within_html_keeps_its_code():
    for source in ("<div markdown='1'>\n\n    code\n\n</div>\n", "<div>\n\n    never closed\n"):
        assert "\n    " in rewritten(source)


def test_bar_in_code_makes_no_column_of_a_table_without_a_head():
    assert rewritten("| a | `b|c` |\n| d | e |\n").startswith("|   |   |\n|---|---|\n| a |")


def test_liquid_left_out_divides_no_paragraph():
    assert rewritten("一は\n{{ nowhere }}\n二です\n") == "一は\n二です\n"
