"""The ends of raw HTML blocks, and the Markdown in their <summary>.

In CommonMark such a block goes on until a blank line. For writers it ends with its closing tag: the text after
the tag is Markdown again, and so is the text after a <summary>. Below a blank line the tags go on, too, where they are
indented like those above: CommonMark would show them as code.
"""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.html_block import html_block
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_TAG_BEGINS = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_TAG_ENDS = re.compile(r"(?:\"[^\"]*\"|'[^']*'|[^'\">])*?(/?)>")
_BEGUN_TAG = re.compile(r"<[/a-zA-Z][^<>]*$")
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_RAW_TEXT = re.compile(r"\s*<(?:script|style|pre|textarea|!|\?)", re.IGNORECASE)
_RAW_TAG = re.compile(r"<(/?)(pre|script|style|textarea)\b", re.IGNORECASE)
_SUMMARY = re.compile(r"(<summary\b[^<>]*>)(.*?)(</summary\s*>)", re.IGNORECASE | re.DOTALL)
_SUMMARY_END = re.compile(r"</summary\s*>", re.IGNORECASE)
_SUMMARY_ENDS = re.compile(r"</summary\s*>\s*\Z", re.IGNORECASE)
#: Columns by which tags are set in, below those around them.
_INDENT = 2
#: Lines that are read first, then four times as many: many a block of a few lines has thousands below it.
_FIRST_LINES = 8
#: Tags without an end that one block may have: from each of them the rest of a text is read. More of them are no HTML.
MOST_UNCLOSED = 20


def html_blocks(md: MarkdownIt) -> None:
    md.block.ruler.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    md.core.ruler.after("block", "summaries", _summaries)


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if silent:
        return html_block(state, start, end, silent)
    lines_read = _FIRST_LINES
    while True:
        stop = min(start + lines_read, end)
        if not html_block(state, start, stop, silent):
            return False
        token = state.tokens[-1]
        last = _last_line(token.content.rstrip("\n").split("\n"))
        if last is not None or state.line < stop or stop == end:
            break
        state.tokens.pop()
        lines_read *= 4
    if last is not None:
        state.line = start + last + 1
    elif not _RAW_TEXT.match(token.content):
        _go_on(state, token.content, end)
    token.map = [start, state.line]
    token.content = state.getLines(start, state.line, state.blkIndent, True)
    return True


def _go_on(state: StateBlock, html: str, end: int) -> None:
    """Move `state.line` over the blank lines to the pieces below that belong to a block whose tags are still open."""
    depth, unclosed = _count_tags(html)
    open_raw = _open_raw(html, "")
    while depth > 0 and unclosed <= MOST_UNCLOSED:
        first = state.skipEmptyLines(state.line)
        if first >= end or state.sCount[first] < state.blkIndent:
            return
        decided = first if open_raw and _ends_below(state, open_raw, end) else _end_of_tags(state, first, end)
        if decided is None:
            return
        after = _next(decided, end, state.isEmpty)
        html = state.getLines(first, after, state.blkIndent, True)
        opened, broken = _count_tags(html)
        depth, unclosed = depth + opened, unclosed + broken
        open_raw = _open_raw(html, open_raw)
        state.line = after


def _end_of_tags(state: StateBlock, first: int, end: int) -> int | None:
    """Return a line up to which the lines from here on, which are code in CommonMark, are tags of the block above."""
    if not state.is_code_block(first):
        return None
    is_set_in = state.sCount[state.line - 1] - state.blkIndent >= _INDENT
    if is_set_in and _TAG_BEGINS.match(state.src, state.bMarks[first] + state.tShift[first]):
        return first
    after = _next(first, end, lambda line: not state.isEmpty(line) and not state.is_code_block(line))
    closes_more = _count_tags(state.getLines(first, after, state.blkIndent, False))[0] < 0
    return after if closes_more else None


def _next(first: int, end: int, is_sought: Callable[[int], bool]) -> int:
    """Return the next line of which it is true, else `end`."""
    return next((line for line in range(first, end) if is_sought(line)), end)


def _open_raw(html: str, before: str) -> str:
    """Return the tag, of those around plain characters, that is open after this piece; "" for none."""
    tags = _RAW_TAG.findall(html)
    if not tags:
        return before
    is_end, name = tags[-1]
    return "" if is_end else str(name).lower()


def _ends_below(state: StateBlock, tag: str, end: int) -> bool:
    """Whether the tag has an end below. The last one of the document is looked for once."""
    key = f"last_{tag}"
    if key not in state.env:
        state.env[key] = state.src.lower().rfind(f"</{tag}")
    return bool(state.bMarks[state.line] < state.env[key] < state.eMarks[end - 1])


def _last_line(lines: list[str]) -> int | None:
    """Return the index of the line that closes every tag, if other text follows it; None if not."""
    if _RAW_TEXT.match(lines[0]):
        return None
    depth = unclosed = 0
    unread: list[str] = []  # a tag that goes on in the next line
    for number, line in enumerate(lines[:-1]):
        unread.append(line + "\n")
        if "<" not in line and ">" not in line and len(unread) > 1:
            continue
        text = "".join(unread)
        opened, broken = _count_tags(text)
        depth, unclosed = depth + opened, unclosed + broken
        if unclosed > MOST_UNCLOSED:
            return None
        begun = _BEGUN_TAG.search(text, text.rfind("<") if "<" in text else len(text))
        unread = [begun[0]] if begun else []
        follows = lines[number + 1].lstrip()
        if _SUMMARY_ENDS.search(line) or (depth <= 0 and not unread and not follows.startswith("<")):
            return number
    return None


def _count_tags(text: str) -> tuple[int, int]:
    """Return how many more tags are opened than closed, and how many have no end."""
    opened = broken = at = 0
    last = text.rfind(">")
    while (tag := _TAG_BEGINS.search(text, at, last)) and broken <= MOST_UNCLOSED:
        ends = _TAG_ENDS.match(text, tag.end())
        if not ends:
            broken, at = broken + 1, tag.start() + 1
            continue
        at = ends.end()
        if tag[2].lower() not in _VOID and not ends[1]:
            opened += -1 if tag[1] else 1
    return opened, broken


def _summaries(state: StateCore) -> None:
    """Parse the content of each <summary> as inline Markdown."""
    if state.inlineMode:
        return
    tokens: list[Token] = []
    for token in state.tokens:
        parts = _split_summaries(token.content) if token.type == "html_block" else []
        if len(parts) < 2:
            tokens.append(token)
            continue
        line = token.map[0] if token.map else 0
        for index, part in enumerate(parts):
            if part and index % 4 == 2:
                content = part.strip()
                at = line + len(part[: len(part) - len(part.lstrip())].splitlines())
                tokens.append(_token("inline", content, at, token))
            elif part:
                tokens.append(Token("html_block", "", 0, content=part, map=[line, line + 1], level=token.level))
            line += part.count("\n")
    state.tokens = tokens


def _split_summaries(html: str) -> list[str]:
    """Return text, (open, inside, close, text)…"""
    last = max((found.end() for found in _SUMMARY_END.finditer(html)), default=0)
    *parts, text = _SUMMARY.split(html[:last])
    return [*parts, text + html[last:]]


def _token(type: str, content: str, line: int, of: Token) -> Token:
    return Token(type, "", 0, content=content, map=[line, line + 1], level=of.level, children=[])
