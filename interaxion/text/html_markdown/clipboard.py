"""HTML as browsers and word processors put it on the clipboard: its meaning as plain tags, without its looks.

Google Docs writes emphasis as styles, within one <b> that is not bold, and puts lists beside items. Word writes list
items as paragraphs that carry their level and their bullet.
"""

import re
from collections import Counter
from html import escape
from html.parser import HTMLParser

_FRAGMENT = re.compile(r"<!--\s*StartFragment\s*-->(.*?)<!--\s*EndFragment\s*-->", re.DOTALL)
_MARKS = (
    ("strong", re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")),
    ("em", re.compile(r"font-style\s*:\s*italic")),
    ("del", re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through")),
    ("sup", re.compile(r"vertical-align\s*:\s*super")),
    ("sub", re.compile(r"vertical-align\s*:\s*sub\b")),
)
_PLAIN = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)")
_WORD_LEVEL = re.compile(r"mso-list\s*:[^;]*\blevel(\d)")
_WORD_BULLET = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_LISTS, _VOID = {"ul", "ol"}, {"br", "hr", "img"}
_HEADINGS = {f"h{level}" for level in range(1, 7)}
#: Other tags say nothing: their content stays.
_TAGS = _LISTS | _VOID | _HEADINGS | {
    "a", "b", "strong", "i", "em", "s", "strike", "del", "sub", "sup", "code", "pre", "p", "div", "li", "blockquote",
    "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "iframe",
}  # fmt: skip
_SILENT = {"style", "script", "title", "head", "template", "noscript"}


def plain_tags(html: str, *, has_headings: bool = True) -> str:
    """Return what was pasted with meaningful tags alone; without headings, these are paragraphs in bold."""
    found = _FRAGMENT.search(html)
    reader = _Reader(has_headings=has_headings)
    reader.feed(found[1] if found else html)
    reader.close()
    return reader.html()


class _Reader(HTMLParser):
    def __init__(self, *, has_headings: bool) -> None:
        super().__init__()
        self.has_headings = has_headings
        self._out: list[str] = []
        #: Open tags with what closes them.
        self._open: list[tuple[str, str]] = []
        self._count: Counter[str] = Counter()
        self._silent = 0
        #: The open lists of Word, and the item that is being read: its level, and where it begins in `_out`.
        self._word: list[str] = []
        self._item: tuple[int, int] | None = None
        self._bullet = ""

    def html(self) -> str:
        while self._open:
            self._close()
        self._end_word_lists(0)
        return "".join(self._out)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        style = values.get("style", "").lower()
        if tag in _SILENT or _WORD_BULLET.search(style):
            self._silent += 1
            self._push(tag, "silent")
            return
        if tag in _VOID or (tag == "p" and self._is_in("li")):
            self._write(_void(tag, values) if tag in _VOID else "")
            return
        level = _WORD_LEVEL.search(style) if tag in {"p", "div", *_HEADINGS} else None
        if level:
            self._item, self._bullet = (int(level[1]), len(self._out)), ""
            self._push(tag, "item")
            return
        if self._word and tag in {"p", "div", "table", *_HEADINGS, *_LISTS}:
            self._end_word_lists(0)
        self._open_tag(tag, values, style)

    def _open_tag(self, tag: str, values: dict[str, str], style: str) -> None:
        names = [tag] if tag in _TAGS and not (tag in {"b", "strong"} and _PLAIN.search(style)) else []
        if tag in _HEADINGS and not self.has_headings:
            names = ["p", "strong"]
        elif tag not in _HEADINGS and tag not in {"table", "tr", "th", "ul", "ol"}:
            names += [mark for mark, pattern in _MARKS if pattern.search(style) and mark not in names]
        closing = "".join(f"</{name}>" for name in reversed(names))
        if tag in _LISTS and self._open and self._open[-1][0] in _LISTS and self._out[-1] == "</li>":
            self._out.pop()  # a list beside an item belongs into it
            closing += "</li>"
        self._write("".join(f"<{name}{_attributes(name, values)}>" for name in names))
        self._push(tag, closing)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or not self._is_in(tag) or (tag == "p" and self._is_in("li")):
            return
        while self._open and self._close() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.isspace() and self._open and self._open[-1][0] in _LISTS:
            return
        if not self._silent:
            self._write(escape(data, quote=False))
        elif self._item:
            self._bullet += data.strip()

    def _write(self, text: str) -> None:
        if text and not self._silent:
            self._out.append(text)

    def _push(self, tag: str, closing: str) -> None:
        self._open.append((tag, closing))
        self._count[tag] += 1

    def _close(self) -> str:
        """Close the last open tag, and return its name."""
        tag, closing = self._open.pop()
        self._count[tag] -= 1
        if closing == "silent":
            self._silent -= 1
        elif closing == "item":
            self._end_item()
        else:
            self._write(closing)
        return tag

    def _is_in(self, tag: str) -> bool:
        return self._count[tag] > 0

    def _end_item(self) -> None:
        """Wrap what was written since the item began into the lists of its level."""
        level, start = self._item or (1, len(self._out))
        words = "".join(self._out[start:]).strip()
        del self._out[start:]
        self._item = None
        kind = "ol" if re.match(r"\w{1,3}[.)]", self._bullet) else "ul"
        self._end_word_lists(level)
        if len(self._word) == level and self._word[-1] != kind:
            self._end_word_lists(level - 1)
        elif len(self._word) == level:
            self._out.append("</li>")
        while len(self._word) < level:
            self._word.append(kind)
            self._out.append(f"<{self._word[-1]}>" + ("<li>" if len(self._word) < level else ""))
        self._out.append(f"<li>{words}")

    def _end_word_lists(self, level: int) -> None:
        while len(self._word) > level:
            self._out.append(f"</li></{self._word.pop()}>")


def _attributes(tag: str, values: dict[str, str]) -> str:
    kept = {"a": ("href",), "iframe": ("src", "title"), "td": ("colspan", "rowspan"), "th": ("colspan", "rowspan")}
    return "".join(f' {name}="{escape(values[name])}"' for name in kept.get(tag, ()) if values.get(name))


def _void(tag: str, values: dict[str, str]) -> str:
    """Write a tag without content. A picture on the own disk of who copied it is none for others."""
    if tag != "img":
        return f"<{tag}>"
    source = values.get("src", "")
    return f'<img src="{escape(source)}" alt="{escape(values.get("alt", ""))}">' if source.startswith("http") else ""
