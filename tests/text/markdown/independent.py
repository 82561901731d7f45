"""An independent count of the content of a document: plain CommonMark and GFM of markdown-it-py, without our plugins.

Where plain CommonMark cannot parse what Japanese writers mean, the text is simplified first; additions of our pages
(the time of a heading, the card of a player) are not counted.
"""

import re
from collections import Counter
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

TIME = re.compile(r"(<h[2-6]>\s*(?:<strong>)?)[\d０-９]{1,3}(?:[:：][\d０-９]{2}){1,2}(?=[\s<])\s*")
#: A player that some sites offer as a quotation for their script.
QUOTED_PLAYER = re.compile(r'<blockquote class="(?:instagram-media|mastodon-embed)".*?</blockquote>', re.DOTALL)
_HIDDEN = {"script", "style", "iframe", "math", "svg", "figcaption"}
_OURS = {"time", "remote-image", "missing-picture", "embed", "formula"}


class Reader(HTMLParser):
    """Counts the tags of HTML, and keeps the text that a visitor sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.count: Counter[str] = Counter()
        self.text: list[str] = []
        self._hidden: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        classes = set(attributes.get("class", "").split())
        is_hidden = tag in _HIDDEN or "math" in classes or bool(classes & _OURS)
        if is_hidden or (self._hidden and tag == self._hidden[-1]):
            self._hidden.append(tag)
        self.count["formula"] += "math" in classes
        self.count["remote"] += tag == "img" and bool(re.match("https?:|//", attributes.get("src", "")))
        if tag == "a" and attributes.get("href") and "time" not in classes:
            self.count["link"] += 1
        if tag in {"a", "code", "pre"}:
            self._inside.append(tag)
        self.count[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        for stack in (self._hidden, self._inside):
            if stack and stack[-1] == tag:
                stack.pop()

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        self.text.append(data)
        if not self._inside:
            self.count["url"] += len(re.findall(r"(?<![A-Za-z])https?://[A-Za-z0-9]", data))


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def characters(reader: Reader) -> Counter[str]:
    """Return the visible characters as a multiset, without spaces and without `*`, which `counts` counts."""
    return Counter("".join("".join(reader.text).replace("*", "").split()))


def bare_html(source: str) -> str:
    md = MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable(["table", "strikethrough"])
    md.use(footnote_plugin, inline=False).use(deflist_plugin)
    md.use(dollarmath_plugin, allow_digits=False, allow_space=False, double_inline=True)
    html: str = md.render(source)
    return TIME.sub(r"\1", QUOTED_PLAYER.sub("<iframe></iframe>", html))


def without_punctuation_beside_stars(source: str) -> str:
    """Replace punctuation next to `**`: CommonMark's rule about it does not fit Japanese."""
    return re.sub(r"(?<=\*\*)[^\w\s*`]|[^\w\s*`](?=\*\*)", "x", source)


def counts(source: str) -> Counter[str]:
    """Count what our rendering must contain."""
    found = read(bare_html(source)).count
    emphasis = read(bare_html(without_punctuation_beside_stars(source))).count
    return Counter({
        "items": found["li"], "rows": found["tr"], "pictures": found["img"], "code blocks": found["pre"],
        "details": found["details"], "formulas": found["formula"], "embeds": found["iframe"],
        "links": found["link"] + found["url"] + found["remote"] + found["iframe"],
        "strong": emphasis["strong"], "emphasised": emphasis["em"],
    })  # fmt: skip
