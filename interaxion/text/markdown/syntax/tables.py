"""A limit for the cells that rows leave out: the parser fills them in, up to 65,000 for a source of two kilobytes."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table

#: Of all tables of a document together. A table beyond them stays as it is written.
MOST_MISSING = 10_000


def tables(md: MarkdownIt) -> None:
    md.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if silent or not table(state, start, end, True):
        return silent and table(state, start, end, True)
    bars = _bars(state, start)
    missing = state.env.get("missing_cells", 0)
    for line in range(start + 2, end):
        if state.isEmpty(line) or missing > MOST_MISSING:
            break
        missing += max(0, bars - _bars(state, line))
    if missing > MOST_MISSING:
        state.env.setdefault("unread_tables", []).append(start + 1)
        return False
    state.env["missing_cells"] = missing
    return table(state, start, end, False)


def _bars(state: StateBlock, line: int) -> int:
    return state.src.count("|", state.bMarks[line], state.eMarks[line])
