import pytest

from interaxion.text.markdown import ImageSource, Undrawn, render
from interaxion.text.markdown.diagrams import find_diagrams
from interaxion.text.markdown.html.code import KNOWN_LANGUAGES, _lexer


def test_known_language_is_highlighted_by_classes():
    rendered = render('```python\nprint("氷")\n```')

    assert rendered.html == (
        '<pre tabindex="0" role="group" aria-label="python" data-language="python"><code>'
        '<span class="nb">print</span><span class="p">(</span><span class="s2">"氷"</span>'
        '<span class="p">)</span>\n</code></pre>\n'
    )
    assert [(block.language, block.line) for block in rendered.outline.code_blocks] == [("python", 1)]


def test_unknown_language_is_labelled_and_plain():
    assert render("```klingon\n<a>\n```").html == (
        '<pre tabindex="0" role="group" aria-label="klingon" data-language="klingon"><code>&lt;a&gt;\n</code></pre>\n'
    )


@pytest.mark.parametrize("source", ["```\n  x\n```", "      x\n"])
def test_code_without_a_language_has_no_label(source):
    assert render(source).html == '<pre tabindex="0"><code>  x\n</code></pre>\n'


@pytest.mark.parametrize(
    ("info", "language"),
    [("python title=a.py", "python"), ("{.python}", "python"), ("c++", "c++"), ("<b>", ""), ("a" * 31, "")],
)
def test_language_is_the_first_word(info, language):
    assert render(f"```{info}\nx\n```").outline.code_blocks[0].language == language


def test_code_in_an_item():
    rendered = render("- ice\n\n  ```\n  x\n  ```\n- water")

    assert rendered.html.count("<li>") == 2
    assert "<code>x\n</code>" in rendered.html


@pytest.mark.parametrize("language", sorted(KNOWN_LANGUAGES))
def test_every_known_language_has_a_lexer(language):
    assert _lexer(language) is not None


class Drawing:
    def image(self, src):
        return None

    def link(self, href):
        return None

    def diagram(self, source):
        return ImageSource("/media/diagrams/a.svg", 40, 30) if source == "graph TD\n" else None


def test_mermaid_is_a_figure_with_its_source_and_title():
    rendered = render("```mermaid\ngantt\n  title 氷の計画\n```")

    assert rendered.html.startswith('<figure class="diagram">\n<pre tabindex="0"')
    assert "<code>gantt\n  title 氷の計画\n</code>" in rendered.html
    assert "<figcaption>氷の計画</figcaption>" in rendered.html


def test_drawing_is_shown_as_a_picture_above_its_source():
    html = render("```mermaid\ngraph TD\n```", resolver=Drawing()).html

    picture = '<img src="/media/diagrams/a.svg" alt="" width="40" height="30" loading="lazy">'
    start = f'<figure class="diagram">\n<div class="drawing" tabindex="0">{picture}</div>\n<details><summary>Mermaid'
    assert start in html
    assert "figcaption" not in html


class Refusing:
    def diagram(self, source):
        return Undrawn("no such diagram")


def test_diagram_that_cannot_be_drawn_stays_code_and_is_told_at_its_line():
    rendered = render("図\n\n```mermaid\nfoo\n```\n", resolver=Refusing())

    assert '<figure class="diagram">\n<pre' in rendered.html
    assert [(each.line, each.detail) for each in rendered.warnings] == [(3, "no such diagram")]


def test_diagrams_are_found_as_rendering_asks_for_them():
    text = """```mermaid
graph TD; a-->b
```

- 項目

  ~~~ mermaid
  graph LR
    c-->d
  ~~~

> ```mermaid
> gantt
> ```

```python
"```mermaid"
```

```mermaid
graph TD; a-->b
```
"""

    asked = []

    class Asking:
        def diagram(self, source):
            asked.append(source)

    render(text, kind="chapter", resolver=Asking())

    assert find_diagrams(text, "chapter") == list(dict.fromkeys(asked))
    assert len(asked) == 4


def test_drawing_typed_by_a_writer_is_dropped():
    assert render('<svg viewBox="0 0 1 1"><text>a</text></svg>\n\nb').html.strip() == "<p>b</p>"
