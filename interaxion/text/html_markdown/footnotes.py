"""Footnotes in HTML: a raised link to an item of a list, and from the item a link back."""

import re
from collections.abc import Callable
from dataclasses import dataclass

#: A raised link to a place on the same page, whichever tag is inside the other.
_MARK = re.compile(
    r"<sup\b[^>]*>\s*(?P<before><a\b[^>]*>)(?P<words>[^<]{0,40})</a>\s*</sup>"
    r"|(?P<around><a\b[^>]*>)\s*<sup\b[^>]*>(?P<inner>[^<]{0,40})</sup>\s*</a>"
)
_TARGET = re.compile(r' href="#([^"]+)"')
_ITEM = re.compile(r'<li\b[^>]*? id="(?P<id>[^"]+)"[^>]*>(?P<text>(?:(?!</?li\b).)*)</li>', re.DOTALL)
_BACK = re.compile(r'\s*(?:<sup\b[^>]*>\s*)?<a\b[^>]* href="#[^"]+"[^>]*>\s*(?:↩|↵|\^|↑|⤴)[^<]{0,20}</a>(?:\s*</sup>)?')
_EMPTY = re.compile(r"(?:<hr\b[^>]*>\s*)?<ol\b[^>]*>\s*</ol>")
#: Characters of private use, which no text has: the mark on its way through the conversion.
_PLACE = "\ue020{}\ue021"
_PLACES = re.compile("\ue020(\\d+)\ue021")


@dataclass(frozen=True)
class Footnotes:
    """The notes of a page, as HTML, in the order of their marks."""

    texts: tuple[str, ...]

    @classmethod
    def take_from(cls, html: str) -> tuple[str, "Footnotes"]:
        """Return the HTML with places in the text of the marks, without the list of the notes; and the notes."""
        if 'href="#' not in html:
            return html, cls(())
        named = {_target(mark) for mark in _MARK.finditer(html)}
        items = {item["id"]: item["text"] for item in _ITEM.finditer(html) if _BACK.search(item["text"])}
        notes = {id: _BACK.sub("", text) for id, text in items.items() if id in named}
        if not notes:
            return html, cls(())
        used: dict[str, int] = {}

        def place(mark: re.Match[str]) -> str:
            target = _target(mark)
            return _PLACE.format(used.setdefault(target, len(used) + 1)) if target in notes else mark[0]

        without = _ITEM.sub(lambda item: "" if item["id"] in notes else item[0], html)
        marked = _MARK.sub(place, _EMPTY.sub("", without))
        return marked, cls(tuple(_MARK.sub(place, notes[id]) for id in used))

    def put_into(self, markdown: str, convert: Callable[[str], str]) -> str:
        """Return the Markdown with `[^1]` at each place, and the notes below it."""
        parts = [markdown]
        for number, text in enumerate(self.texts, 1):
            lines = convert(text).strip().split("\n")
            parts.append(
                f"[^{number}]: " + "\n".join([lines[0], *(f"    {line}" if line else "" for line in lines[1:])])
            )
        text = "\n".join(part if part.endswith("\n") else f"{part}\n" for part in parts)
        return _PLACES.sub(r"[^\1]", text) if self.texts else markdown


def _target(mark: re.Match[str]) -> str:
    found = _TARGET.search(mark["before"] or mark["around"])
    return found[1] if found else ""
