"""Steps of the parser that would cost too much as they are: they read the same text again and again, or for nothing.

The rule of footnotes reads from every `[^` to the next space. That of pictures reads the description once more for each
picture within it. Most cells and items hold no mark at all, and need no rules. Most addresses are spelled as the parser
would spell them, and need not be taken apart, which is a tenth of the time of rendering show notes.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, image
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

_FOOTNOTE = re.compile(r"\[\^[^ \n\]]{1,200}\]")
#: Levels of pictures; nobody needs one. The marks of deeper ones are read as those of links.
DEEPEST = 2
#: The characters at which a rule of our dialect begins or ends; the parser stops at others, too, for other plugins.
_MARKS = re.compile(r"[\n!$&*:<\[\\\]_`~]")

#: Addresses that `normalizeLink()` returns as they are.
_PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9.-]+(?:/[A-Za-z0-9/._~-]*)?(?:\?[A-Za-z0-9=&_.-]*)?(?:#[A-Za-z0-9_-]*)?")


def footnotes(md: MarkdownIt) -> None:
    md.use(footnote_plugin, inline=False)
    md.inline.ruler.at("footnote_ref", _footnote)


def nested_images(md: MarkdownIt) -> None:
    md.inline.ruler.at("image", _image)


def plain_words(md: MarkdownIt) -> None:
    md.inline.terminator_re = _MARKS
    md.core.ruler.at("inline", _inline)


def plain_addresses(md: MarkdownIt) -> None:
    normalise = md.normalizeLink

    def normalise_others(url: str) -> str:
        return url if _PLAIN_ADDRESS.fullmatch(url) else normalise(url)

    md.normalizeLink = normalise_others  # type: ignore[method-assign]


def _footnote(state: StateInline, silent: bool) -> bool:
    return bool(_FOOTNOTE.match(state.src, state.pos)) and footnote_ref(state, silent)


def _image(state: StateInline, silent: bool) -> bool:
    level = state.env.get("image_level", 0)
    if level > DEEPEST:
        return False
    state.env["image_level"] = level + 1
    try:
        return image(state, silent)
    finally:
        state.env["image_level"] = level


def _inline(state: StateCore) -> None:
    """The parser's own step, with a short way: text without any mark is one token."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = token.children or []
        if _MARKS.search(token.content):
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        elif token.content:
            token.children.append(Token("text", "", 0, content=token.content))
