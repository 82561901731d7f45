"""Finding elements in our own sanitised HTML, whose tags are well-nested and whose text holds no `<`."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape

_REST_OF_TAG = r"""(?:[^">]|"[^"]*")*>"""
TAG = re.compile(rf"</?([a-z][a-z0-9]*)\b{_REST_OF_TAG}", re.IGNORECASE)
_ID = re.compile(r'\sid="[^"]*"')
_OWN_LINK = re.compile(r'<a\b[^>]*\shref="#[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
_LINK = re.compile(r'<a\b[^>]*\shref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|div|pre|table|tr|ul|ol|details|summary|figure)>|<br>")


@dataclass(frozen=True)
class Element:
    """An element and its place: HTML from `start` to `end`, its content from `inner_start` to `inner_end`."""

    start: int
    inner_start: int
    inner_end: int
    end: int

    def outer(self, html: str) -> str:
        return html[self.start : self.end]

    def inner(self, html: str) -> str:
        return html[self.inner_start : self.inner_end]


def outermost(html: str, name: str, start: int = 0, end: int | None = None) -> Iterator[Element]:
    """Yield the elements of this name that are in no other of the same name, in order."""
    depth, opening = 0, None
    for tag in re.compile(rf"</?{name}\b{_REST_OF_TAG}").finditer(html, start, len(html) if end is None else end):
        if not tag.group().startswith("</"):
            opening = tag if depth == 0 else opening
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0 and opening:
                yield Element(opening.start(), opening.end(), tag.start(), tag.end())


def text_in(html: str) -> str:
    """Return the text of a piece of HTML in one line."""
    return " ".join(unescape(TAG.sub("", _BLOCK_END.sub(" ", html))).split())


def without_ids(html: str) -> str:
    """Return HTML that may be shown a second time on a page."""
    return TAG.sub(lambda tag: _ID.sub("", tag.group()), html)


def without_own_links(html: str) -> str:
    """Return HTML whose links to places of the same page are words; those back from references are gone."""
    return _OWN_LINK.sub(lambda link: "" if link[1].startswith("↩") else link[1], html)


def without_links(html: str, is_dead: Callable[[str], bool]) -> str:
    """Return HTML in which a link is mere words if `is_dead` says so of its address."""
    return _LINK.sub(lambda link: link[2] if is_dead(unescape(link[1])) else link.group(), html)
