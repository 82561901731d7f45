"""The plain text of rendered HTML, one line per block, for search, descriptions and counting."""

import re
from html.parser import HTMLParser

_BLOCKS = frozenset({
    "blockquote", "br", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer", "h1",
    "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "summary", "table", "tr", "ul",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = ""
        self._depth = 0
        self._code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._hidden:
            self._depth += tag == self._hidden
            return
        attributes = dict(attrs)
        css = attributes.get("class") or ""
        if tag == "math":
            # The TeX source of a formula is more readable than its symbols in a row.
            self.parts.append(attributes.get("alttext") or "")
        if tag in {"math", "svg"} or css in {"footnote-ref", "footnote-backref"}:
            self._hidden, self._depth = tag, 1
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in _CELLS:
            self.parts.append(" ")
        self._code += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            self._depth -= tag == self._hidden
            if not self._depth:
                self._hidden = ""
            return
        if tag in _BLOCKS:
            self.parts.append("\n")
        self._code -= tag == "pre"

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data if self._code else re.sub(r"\s+", " ", data))


def text_of(html: str) -> str:
    text = _Text()
    text.feed(html)
    text.close()
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in "".join(text.parts).split("\n"))
    return "\n".join(line for line in lines if line)
