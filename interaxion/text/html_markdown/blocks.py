"""Tidy HTML cut into its blocks; boxes that only group them are opened."""

import re
from collections.abc import Iterator

TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<rest>(?:[^\">]|\"[^\"]*\")*)>")
_BOXES = frozenset({"article", "aside", "div", "footer", "header", "main", "nav", "section"})
_BLOCKS = frozenset({
    "blockquote", "center", "details", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre",
    "table", "ul",
})  # fmt: skip
_VOID = frozenset({"br", "hr", "img", "source", "wbr"})


def blocks_of(html: str) -> Iterator[str]:
    """Yield each block with its tags, and what stands between blocks as a paragraph of its own."""
    begun, open_tags, is_block = 0, 0, False
    for tag in TAG.finditer(html):
        name = tag["name"]
        if open_tags:
            open_tags += 0 if name in _VOID else -1 if tag["end"] else 1
            if is_block and not open_tags:
                yield from _opened(html[begun : tag.end()])
                begun, is_block = tag.end(), False
        elif name in _BOXES and not _is_centred(tag["rest"]):
            yield from _paragraph(html[begun : tag.start()])
            begun = tag.end()
        elif name in _BLOCKS or name in _BOXES:
            yield from _paragraph(html[begun : tag.start()])
            begun = tag.start()
            if name == "hr":
                yield "<hr>"
                begun = tag.end()
            else:
                open_tags, is_block = 1, True
        elif name not in _VOID:
            open_tags = 1
    yield from _paragraph(html[begun:])


def _is_centred(attributes: str) -> bool:
    return ' align="center"' in attributes


def _paragraph(html: str) -> Iterator[str]:
    if html.strip():
        yield f"<p>{html.strip()}</p>"


def _opened(block: str) -> Iterator[str]:
    """Open a figure that is no picture with a caption: the box around a table, a player, or a picture alone."""
    inside = block[block.find(">") + 1 : block.rfind("<")]
    if block.startswith("<figure") and not ("<img" in inside and "<figcaption" in inside):
        yield from blocks_of(re.sub("<(/?)figcaption", r"<\1p", inside))
    else:
        yield block
