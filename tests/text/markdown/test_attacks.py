"""No attack gets into the HTML as anything but text."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.markdown import render, render_inline
from interaxion.text.markdown.html.collector import is_ours
from tests.text.markdown.attacks import ATTACKS

_OUR_TAGS_WITH_SRC = {"img", "audio", "video"}


class Watch(HTMLParser):
    """Asserts that every tag, as a browser parses it, is harmless."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        assert tag not in {
            *(
                "script",
                "style",
                "iframe",
                "frame",
                "object",
                "embed",
                "link",
                "meta",
                "base",
                "form",
                "button",
            ),
            *("textarea", "title", "template", "noscript", "use", "image", "animate", "set", "foreignobject"),
        }
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names))
        for name, value in attrs:
            assert not name.startswith("on")
            assert name not in {
                "style",
                "srcdoc",
                "formaction",
                "action",
                "background",
                "poster",
                "target",
                "name",
            }
            if name in {"href", "src", "cite", "srcset"}:
                scheme = "".join((value or "").split()).lower()
                assert not scheme.startswith(("javascript:", "vbscript:", "data:"))
            if name in {"src", "srcset"}:
                assert tag in _OUR_TAGS_WITH_SRC
                assert not re.match(r"\s*([/\\]{2}|[a-z][a-z0-9+.-]*:)", value or "", re.IGNORECASE)
        if tag not in {"br", "hr", "img", "input", "wbr"}:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        raise AssertionError(f"<{tag}/> in HTML")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_comment(self, data):
        raise AssertionError("a comment")

    def handle_decl(self, decl):
        raise AssertionError("a declaration")


def watch(html):
    reader = Watch()
    reader.feed(html)
    reader.close()
    assert reader.open == []


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("kind", ["notes", "chapter"])
def test_attack_is_harmless(attack, kind):
    watch(render(attack, kind).html)
    watch(render(f"- a\n- {attack}\n\n> {attack}\n\n| {attack} |\n|---|\n| {attack} |\n", kind).html)


@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_is_harmless_in_a_line_and_in_headings(attack):
    watch(render_inline(attack))
    for heading in render(f"## {attack}").outline.headings:
        watch(heading.html)


def test_ids_of_a_text_take_none_of_ours():
    source = '<p id="main">x</p>\n\n<a name="fn1" href="#main">x</a> <b id="x-heading" ID="a">x</b>\n\n## 氷 {#d}\n'
    html = render(source).html

    assert [part.split('"')[1] for part in html.split(" id=")[1:]] == [
        "anchor-main", "anchor-fn1", "anchor-x-heading", "氷", "d",
    ]  # fmt: skip
    assert 'href="#anchor-main"' in html
    assert " id=" not in render_inline('<b id="a">x</b>')


def test_ids_of_public_templates_are_known_as_ours():
    templates = Path(__file__).parents[3] / "templates"
    pages = [path for path in templates.rglob("*.html") if "admin" not in path.parts]
    ids = {id for path in pages for id in re.findall(r' id="([\w-]+)"', path.read_text())}

    assert len(ids) > 20
    assert {id for id in ids if not is_ours(id)} == set()


PIECES = [attack for attack in ATTACKS if len(attack) < 300]


@given(st.sampled_from(PIECES), st.sampled_from(PIECES), st.data())
def test_mutated_attacks_are_harmless(one, other, data):
    """Two attacks spliced, and a character changed: parsers fail at seams."""
    text = one[: data.draw(st.integers(0, len(one)))] + other[data.draw(st.integers(0, len(other))) :]
    at = data.draw(st.integers(0, len(text)))
    text = (
        text[:at]
        + data.draw(st.sampled_from(["", "\n", "\n\n", "<", ">", '"', "'", "`", "$", "\t", "&", "/"]))
        + text[at:]
    )

    for kind in ("notes", "post", "chapter"):
        watch(render(text, kind).html)
