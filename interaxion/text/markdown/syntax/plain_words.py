"""Text without any mark is one token: most cells and items are such, and need no rules."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

#: The characters at which a rule of our dialect begins or ends; the parser stops at others, too, for other plugins.
_MARKS = re.compile(r"[\n!$&*:<\[\\\]_`~]")


def plain_words(md: MarkdownIt) -> None:
    md.inline.terminator_re = _MARKS
    md.core.ruler.at("inline", _inline)


def _inline(state: StateCore) -> None:
    """The parser's own step, with a short way."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = token.children or []
        if _MARKS.search(token.content):
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        elif token.content:
            token.children.append(Token("text", "", 0, content=token.content))
