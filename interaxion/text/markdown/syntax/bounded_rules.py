"""Rules of the parser with a bound: as they are, they read the same text again and again.

The rule of footnotes reads from every `[^` to the next space. That of pictures reads the description once more for each
picture within it.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, image
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

_MARK = re.compile(r"\[\^[^ \n\]]{1,200}\]")
#: Levels of pictures; nobody needs one. The marks of deeper ones are read as those of links.
DEEPEST = 2


def footnotes(md: MarkdownIt) -> None:
    md.use(footnote_plugin, inline=False)
    md.inline.ruler.at("footnote_ref", _mark)


def nested_images(md: MarkdownIt) -> None:
    md.inline.ruler.at("image", _image)


def _mark(state: StateInline, silent: bool) -> bool:
    return bool(_MARK.match(state.src, state.pos)) and footnote_ref(state, silent)


def _image(state: StateInline, silent: bool) -> bool:
    level = state.env.get("image_level", 0)
    if level > DEEPEST:
        return False
    state.env["image_level"] = level + 1
    try:
        return image(state, silent)
    finally:
        state.env["image_level"] = level
