"""Lists as people write them: nested by two spaces under any number, directly after the line that announces
them, with task boxes."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.list import list_block
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from interaxion.text.markdown.syntax.lines import Fence

_MARKER = re.compile(r"(?P<indent> *)(?:[-*+]|(?P<number>\d{1,9})[.)])(?P<space> +)(?=\S)")
_ANNOUNCED = re.compile(r"(?::|：|\*\*)\s*$")
_BOX = re.compile(r"\[([ xX])\](?: |$)")


def lists(md: MarkdownIt) -> None:
    md.block.ruler.at("list", _list, {"alt": ["paragraph", "reference", "blockquote"]})
    md.core.ruler.after("inline", "boxes", _boxes)
    md.add_render_rule("box", _render_box)


def nest_under_numbers(source: str) -> str:
    """Indent to three spaces the lines that are indented by two under `1.`: CommonMark nests them only then."""
    lines = source.split("\n")
    fence = Fence()
    item: tuple[int, int] | None = None  # indent of the numbered item, indent of its content
    moved: tuple[int, int] | None = None  # from this indent on, lines move by so many spaces
    for index, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" "))
        inside_fence = fence.inside
        fence.read(line)
        if not line.strip():
            continue
        if inside_fence:
            if moved and indent >= moved[0]:
                lines[index] = " " * moved[1] + line
            continue
        if moved and indent < moved[0]:
            moved = None
        marker = _MARKER.match(line)
        if item and not moved and marker and item[0] + 2 <= indent < item[1]:
            moved = indent, item[1] - indent
        if moved:
            lines[index] = " " * moved[1] + line
        elif marker and marker["number"]:
            item = indent, marker.end()
        elif item and indent < item[0] + 2:
            item = None
    return "\n".join(lines)


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Let a numbered list begin with any number directly after a line of text that ends with ":" or bold."""
    if not silent or state.parentType != "paragraph" or start == 0:
        return list_block(state, start, end, silent)
    line = state.src[state.bMarks[start] : state.eMarks[start]]
    above = state.src[state.bMarks[start - 1] : state.eMarks[start - 1]]
    marker = _MARKER.match(line)
    if not (marker and marker["number"] and _ANNOUNCED.search(above)):
        return list_block(state, start, end, silent)
    # list_block() requires a 1 only while a paragraph is open.
    state.parentType = "list"
    try:
        return list_block(state, start, end, silent)
    finally:
        state.parentType = "paragraph"


def _boxes(state: StateCore) -> None:
    for item, paragraph, block in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if (item.type, paragraph.type, block.type) != ("list_item_open", "paragraph_open", "inline"):
            continue
        first = block.children[0] if block.children else None
        if first and first.type == "text" and (found := _BOX.match(first.content)):
            item.attrSet("class", "task")
            first.content = first.content[found.end() :]
            box = Token("box", "input", 0, content="" if found[1] == " " else "checked")
            block.children = [box, *(block.children or [])]


def _render_box(_renderer: object, tokens: list[Token], index: int, *_: object) -> str:
    """Return the box, named by a sign: its words are beside it, and no word of ours belongs to a text."""
    checked = tokens[index].content
    return f'<input type="checkbox" disabled {checked} aria-label="{"☑" if checked else "☐"}"> '
