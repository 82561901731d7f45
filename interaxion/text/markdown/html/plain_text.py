"""The plain text of rendered HTML, one line per block, for search, descriptions and counting."""

import re
from html import unescape

_BLOCKS = frozenset({
    "blockquote", "br", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer", "h1",
    "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "summary", "table", "tr", "ul",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_FOOTNOTE_MARK = re.compile(r' class="footnote-(?:ref|backref)"')
_TEX = re.compile(r' alttext="([^"]*)"')
# What the sanitiser writes is well-formed: quotation marks around every value, no comments, "<" escaped in text.
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:[^\">]|\"[^\"]*\")*)>", re.IGNORECASE)


def text_of(html: str) -> str:
    """Return the text of HTML from the sanitiser."""
    parts: list[str] = []
    hidden, depth, code, at = "", 0, 0, 0
    for tag in _TAG.finditer(html):
        if not hidden:
            parts.append(_words(html[at : tag.start()], code))
        at = tag.end()
        closing, name, attributes = tag.groups()
        if hidden:
            depth += (-1 if closing else 1) * (name == hidden)
            if not depth:
                hidden = ""
        elif closing:
            parts.append("\n" if name in _BLOCKS else "")
            code -= name == "pre"
        elif name in {"math", "svg"} or (attributes and _FOOTNOTE_MARK.search(attributes)):
            # The TeX source of a formula is more readable than its symbols in a row.
            tex = _TEX.search(attributes) if name == "math" else None
            parts.append(unescape(tex[1]) if tex else "")
            hidden, depth = name, 1
        else:
            parts.append("\n" if name in _BLOCKS else " " if name in _CELLS else "")
            code += name == "pre"
    if not hidden:
        parts.append(_words(html[at:], code))
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _words(text: str, code: int) -> str:
    text = unescape(text) if "&" in text else text
    return text if code else _SPACES.sub(" ", text)


_SPACES = re.compile(r"\s+")
