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
        children = block.children or []
        for index, token in enumerate(children):
            if token.type != "softbreak":
                continue
            before = next((text for other in reversed(children[:index]) if (text := _text(other))), " ")
            after = next((text for other in children[index + 1 :] if (text := _text(other))), " ")
            if _is_wide(before[-1]) and _is_wide(after[0]):
                # Hidden, not removed: the line numbers of what follows are counted by the breaks.
                token.hidden = True


def _text(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak", "image", "math_inline"}:
        return " "
    return "" if token.type == "html_inline" else token.content


def _is_wide(character: str) -> bool:
    """Whether it is wide, except for Hangul: Korean does write spaces."""
    if "HANGUL" in unicodedata.name(character, ""):
        return False
    return unicodedata.east_asian_width(character) in "WF"
