"""Soft line breaks in Japanese are not spaces: 日本 / 語 is rendered as 日本語."""

import unicodedata

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token


def join_wide_lines(md: MarkdownIt) -> None:
    md.core.ruler.after("text_join", "join_wide_lines", _join)


def break_after_links(md: MarkdownIt) -> None:
    """Break the line after a link at the beginning of an item: the text below it is commentary on the link."""
    md.core.ruler.after("join_wide_lines", "break_after_links", _break)


def _break(state: StateCore) -> None:
    for block in state.tokens:
        children = block.children or []
        if not children or children[0].type != "link_open":
            continue
        end = next(index for index, token in enumerate(children) if token.type == "link_close")
        if end + 1 < len(children) and children[end + 1].type == "softbreak":
            children[end + 1].type, children[end + 1].tag, children[end + 1].hidden = "hardbreak", "br", False


def _join(state: StateCore) -> None:
    if state.md.options.breaks:
        return
    for block in state.tokens:
        last = " "  # the last character before the present token
        waiting: Token | None = None  # a break after a wide character, before its next text
        for token in block.children or []:
            text = _text(token)
            if text and waiting:
                # Hidden, not removed: the line numbers of what follows are counted by the breaks.
                waiting.hidden = _is_wide(text[0])
                waiting = None
            if token.type == "softbreak" and _is_wide(last):
                waiting = token
            last = text[-1:] or last


def _text(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak", "image", "math_inline"}:
        return " "
    return "" if token.type == "html_inline" else token.content


def _is_wide(character: str) -> bool:
    """Whether it is wide, except for Hangul: Korean does write spaces."""
    if "HANGUL" in unicodedata.name(character, ""):
        return False
    return unicodedata.east_asian_width(character) in "WF"
