"""A line break in the source is no space where Japanese is written: 日本 / 語 reads 日本語."""

import unicodedata

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token


def join_wide_lines(md: MarkdownIt) -> None:
    md.core.ruler.after("text_join", "join_wide_lines", _join)


def break_after_links(md: MarkdownIt) -> None:
    """What follows the link that an item begins with is commentary on it, on a line of its own."""
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
            before = next((text for each in reversed(children[:index]) if (text := _text(each))), " ")
            after = next((text for each in children[index + 1 :] if (text := _text(each))), " ")
            if _is_wide(before[-1]) and _is_wide(after[0]):
                # Not taken out: the lines of what follows are counted by the breaks.
                token.hidden = True


def _text(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak", "image", "math_inline"}:
        return " "
    return "" if token.type == "html_inline" else token.content


def _is_wide(character: str) -> bool:
    """Hangul is wide too, but Korean writes spaces."""
    if "HANGUL" in unicodedata.name(character, ""):
        return False
    return unicodedata.east_asian_width(character) in "WF"
