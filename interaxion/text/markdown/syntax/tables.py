"""Tables: bars within code, and a limit for the cells that rows leave out.

The parser fills these in, up to 65,000 for a source of two kilobytes.
"""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table

from interaxion.text.markdown.syntax.lines import Fence

#: Of all tables of a document together. A table beyond them stays as it is written.
MOST_MISSING = 10_000

#: A cell of the line below the head.
_RULE = re.compile(":?-+:?")
_BAR = re.compile(r"(?<!\\)\|")


def tables(md: MarkdownIt) -> None:
    md.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})


def shield_code(source: str) -> str:
    """Escape the bars in the code of rows that have more cells than their table: GFM would end cells there.

    kramdown does not, and nobody writes a cell to be dropped.
    """
    if "`" not in source or "|" not in source:
        return source
    lines = source.split("\n")
    fence = Fence()
    columns = 0  # of the table around the present line
    for index, line in enumerate(lines):
        fence.read(line)
        if fence.inside or "|" not in line:
            columns = 0
        elif not columns and index + 1 < len(lines):
            columns = _count_columns(lines[index + 1])
        if columns and "`" in line and len(_cells(line)) > columns:
            lines[index] = _shield(line)
    return "\n".join(lines)


def _count_columns(ruler: str) -> int:
    """Return the number of columns by the line below the head; 0 if it is another line."""
    cells = _cells(ruler)
    return len(cells) if all(_RULE.fullmatch(cell.strip()) for cell in cells) else 0


def _cells(row: str) -> list[str]:
    """Return the cells of a row, perhaps in a quotation, as GFM divides it."""
    return _BAR.split(row.strip(" \t>").removeprefix("|").removesuffix("|"))


def _shield(row: str) -> str:
    """Escape the bars between each run of backticks and the next one of its length (CommonMark §6.1)."""
    runs = [found.span() for found in re.finditer(r"(?<!\\)`+", row)]
    closing: list[int | None] = []
    next_of_length: dict[int, int] = {}
    for index in reversed(range(len(runs))):
        length = runs[index][1] - runs[index][0]
        closing.append(next_of_length.get(length))
        next_of_length[length] = index
    closing.reverse()
    out, at, index = [], 0, 0
    while index < len(runs):
        if (end := closing[index]) is not None:
            out += [row[at : runs[index][0]], _BAR.sub(r"\\|", row[runs[index][0] : runs[end][1]])]
            at, index = runs[end][1], end
        index += 1
    return "".join([*out, row[at:]])


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if silent or not table(state, start, end, True):
        return silent and table(state, start, end, True)
    bars = _bars(state, start)
    missing = state.env.get("missing_cells", 0)
    for line in _rows(state, start + 2, end):
        missing += max(0, bars - _bars(state, line))
        if missing > MOST_MISSING:
            break
    if missing > MOST_MISSING:
        state.env.setdefault("unread_tables", []).append(start + 1)
        return False
    state.env["missing_cells"] = missing
    return table(state, start, end, False)


def _rows(state: StateBlock, start: int, end: int) -> Iterator[int]:
    """Yield the lines of the body as the parser finds them: up to an empty line, or one that begins another block.

    Lines beyond the table are not looked at, so many small tables cost no more than a large one.
    """
    beginnings = state.md.block.ruler.getRules("blockquote")
    for line in range(start, end):
        if state.isEmpty(line) or state.sCount[line] < state.blkIndent or state.is_code_block(line):
            return
        if any(begins(state, line, end, True) for begins in beginnings):
            return
        yield line


def _bars(state: StateBlock, line: int) -> int:
    return state.src.count("|", state.bMarks[line], state.eMarks[line])
