"""The walk over inline tokens: links, pictures, formulas and raw tags are collected and replaced by our HTML."""

import re
from collections import Counter
from collections.abc import Callable
from html import escape

from markdown_it.token import Token

from interaxion.text.markdown.html.collector import Collector
from interaxion.text.markdown.html.images import image_html
from interaxion.text.markdown.html.inline_tags import InlineTags
from interaxion.text.markdown.html.raw_html import SHOWN_BY_BROWSERS, RawHtml
from interaxion.text.markdown.rendered import LOST_TEXT, Formula
from interaxion.text.markdown.syntax.formulas import mathml

# Void tags need no end. No full match: the tag of a link without words is followed by its URL.
_ONE_TAG = re.compile(r"<(/?)(?!(?:br|hr|wbr|img|input)\b)([a-z][a-z0-9]*)[^<>]*>")


def walk_inline(block: Token, collector: Collector) -> None:
    children = block.children or []
    tags = InlineTags(children)
    for index, token in enumerate(children):
        if token.type in {"softbreak", "hardbreak"}:
            collector.line += 1
        elif token.type == "html_inline":
            _html_inline(children, index, collector, tags)
        elif handle := _HANDLES.get(token.type):
            handle(children, index, collector)
        collector.say(_text_of(token))
    collector.say(" ")
    block.children = children + _missing_ends(children)


def _missing_ends(children: list[Token]) -> list[Token]:
    """Return end tags for the raw tags left open, so that a forgotten end tag affects only its paragraph."""
    opened: list[str] = []
    count: Counter[str] = Counter()
    for token in children:
        tag = _ONE_TAG.match(token.content) if token.type == "html_inline" else None
        # The end may be in the same token, as that of an embed or a remote picture.
        if tag and not tag[1] and f"</{tag[2]}>" in token.content:
            continue
        if tag and not tag[1]:
            opened.append(tag[2])
            count[tag[2]] += 1
        elif tag and count[tag[2]]:
            while (name := opened.pop()) != tag[2]:
                count[name] -= 1
            count[name] -= 1
    return [Token("html_inline", "", 0, content=f"</{name}>") for name in reversed(opened)]


def plain(tokens: list[Token]) -> str:
    """Return the plain text of inline tokens, in one line."""
    return " ".join("".join(map(_text_of, tokens)).split())


def _text_of(token: Token) -> str:
    if token.type == "html_inline":
        return str(token.meta.get("text", ""))
    if token.type in {"text", "code_inline", "math_inline", "text_special", "image"}:
        return token.content
    return " " if token.type in {"softbreak", "hardbreak"} and not token.hidden else ""


#: The signs of a formula, and how many of them a phone may have to scroll, which takes the focus of a keyboard.
_SIGN = re.compile("<m[ion]>|<m[ion] ")
MAY_SCROLL = 25


def formula_html(source: str, display: bool, collector: Collector) -> str:
    tex = source.strip()
    collector.formulas.append(Formula(tex, display, collector.line))
    markup = mathml(tex, display)
    if markup is None:
        collector.warn("The formula %s cannot be read: it is shown as it is written.", tex)
        return f'<code class="formula">{escape(tex)}</code>'
    return markup


def _link(children: list[Token], index: int, collector: Collector) -> None:
    href = str(children[index].attrs.get("href", ""))
    end = next(at for at in range(index, len(children)) if children[at].type == "link_close")
    collector.link(href, plain(children[index:end]))
    children[index].attrSet("href", collector.resolved(href))


def _image(children: list[Token], index: int, collector: Collector) -> None:
    token = children[index]
    src, title = str(token.attrs["src"]), str(token.attrs.get("title", ""))
    alt = plain(token.children or [])
    _become_html(token, image_html(src, alt, title, collector), alt)


def _math_inline(children: list[Token], index: int, collector: Collector) -> None:
    token = children[index]
    formula = formula_html(token.content, False, collector)
    if len(_SIGN.findall(formula)) >= MAY_SCROLL:
        formula = formula.replace("<math", '<math tabindex="0"', 1)
    _become_html(token, formula, token.content)


def _html_inline(children: list[Token], index: int, collector: Collector, tags: InlineTags) -> None:
    raw = RawHtml(collector, collector.line)
    token = children[index]
    token.content = raw.rewrite(token.content)
    if raw.open_link:
        href, _ = raw.open_link
        end = tags.next("<a", "</a", after=index)
        text = plain(children[index:end])
        if not text:
            token.content += escape(href)
        collector.link(href, text or href)
    if raw.skipping:
        skipped = children[index + 1 : tags.next("</" + raw.skipping, after=index) or index + 1]
        if raw.skipping in SHOWN_BY_BROWSERS and (text := plain(skipped)):
            collector.warn(LOST_TEXT, text[:60])
        for dropped in skipped:
            dropped.type, dropped.content, dropped.children = "text", "", None


def _become_html(token: Token, html: str, text: str) -> None:
    token.type, token.content, token.children, token.meta = "html_inline", html, None, {"text": text}


_HANDLES: dict[str, Callable[[list[Token], int, Collector], None]] = {
    "link_open": _link,
    "image": _image,
    "math_inline": _math_inline,
}
