"""The ends of raw HTML blocks, and the Markdown in their <summary>.

In CommonMark such a block goes on until a blank line. For writers it ends with its closing tag: the text after
the tag is Markdown again, and so is the text after a <summary>.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.html_block import html_block
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)(?:\"[^\"]*\"|'[^']*'|[^'\">])*?(/?)>")
_BEGUN_TAG = re.compile(r"<[/a-zA-Z][^<>]*$")
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_RAW_TEXT = re.compile(r"\s*<(?:script|style|pre|textarea|!|\?)", re.IGNORECASE)
_SUMMARY = re.compile(r"(<summary\b[^>]*>)(.*?)(</summary\s*>)", re.IGNORECASE | re.DOTALL)
_SUMMARY_ENDS = re.compile(r"</summary\s*>\s*$", re.IGNORECASE)


def html_blocks(md: MarkdownIt) -> None:
    md.block.ruler.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    md.core.ruler.after("block", "summaries", _summaries)


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if not html_block(state, start, end, silent):
        return False
    if silent:
        return True
    token = state.tokens[-1]
    last = _last_line(token.content.rstrip("\n").split("\n"))
    if last is not None:
        state.line = start + last + 1
        token.map = [start, state.line]
        token.content = state.getLines(start, state.line, state.blkIndent, True)
    return True


def _last_line(lines: list[str]) -> int | None:
    """Return the index of the line that closes every tag, if other text follows it; None if not."""
    if _RAW_TEXT.match(lines[0]):
        return None
    depth = 0
    unread = ""  # a tag that goes on in the next line
    for number, line in enumerate(lines[:-1]):
        unread += line + "\n"
        for tag in _TAG.finditer(unread):
            closing, name, empty = tag.groups()
            if name.lower() not in _VOID and not empty:
                depth += -1 if closing else 1
        begun = _BEGUN_TAG.search(unread)
        unread = begun[0] if begun else ""
        follows = lines[number + 1].lstrip()
        if _SUMMARY_ENDS.search(line) or (depth <= 0 and not unread and not follows.startswith("<")):
            return number
    return None


def _summaries(state: StateCore) -> None:
    """Parse the content of each <summary> as inline Markdown."""
    if state.inlineMode:
        return
    tokens: list[Token] = []
    for token in state.tokens:
        parts = _SUMMARY.split(token.content) if token.type == "html_block" else []
        if len(parts) < 2:
            tokens.append(token)
            continue
        line = token.map[0] if token.map else 0
        # text, (open, inside, close, text)…
        for index, part in enumerate(parts):
            if part and index % 4 == 2:
                content = part.strip()
                at = line + len(part[: len(part) - len(part.lstrip())].splitlines())
                tokens.append(_token("inline", content, at, token))
            elif part:
                tokens.append(Token("html_block", "", 0, content=part, map=[line, line + 1], level=token.level))
            line += part.count("\n")
    state.tokens = tokens


def _token(type: str, content: str, line: int, of: Token) -> Token:
    return Token(type, "", 0, content=content, map=[line, line + 1], level=of.level, children=[])
