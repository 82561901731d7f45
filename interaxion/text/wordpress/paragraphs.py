"""Paragraphs of the classic editor: a blank line divides two, and a line break is one.

What https://developer.wordpress.org/reference/functions/wpautop/ does to everything that is in no block.
"""

import re

from interaxion.text.html_markdown.blocks import blocks_of
from interaxion.text.html_markdown.tidying import tidy

_COMMENT = re.compile(r"<!--\s*(?P<end>/)?wp:[a-z][\w/-]*(?:(?!-->).)*?(?P<alone>/)?-->", re.DOTALL)
_PARAGRAPH = re.compile(r"<p\b([^>]*)>(.*)</p>", re.DOTALL)
_BLANK_LINE = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
#: Line breaks inside tags for blocks, or beside a break that is there, are none.
_BREAK = re.compile(r"(?<!<br>)\n(?!<br>)")


def with_paragraphs(html: str) -> str:
    """Return the HTML with `<p>` and `<br>`; what the block editor wrote stays as it is."""
    out, at, depth = [], 0, 0
    for comment in _COMMENT.finditer(html):
        part = html[at : comment.start()]
        out.append(part if depth else _divided(part))
        at = comment.end()
        if not comment["alone"]:
            depth = max(depth + (-1 if comment["end"] else 1), 0)
    return "".join([*out, html[at:] if depth else _divided(html[at:])])


def _divided(html: str) -> str:
    if not html.strip():
        return ""
    return "\n".join(part for block in blocks_of(tidy(html)) for part in _paragraphs(block))


def _paragraphs(block: str) -> list[str]:
    found = _PARAGRAPH.fullmatch(block)
    if not found or "<pre" in block:
        return [block]
    parts = filter(str.strip, _BLANK_LINE.split(found[2]))
    return [f"<p{found[1]}>{_BREAK.sub('<br>', part.strip())}</p>" for part in parts]
