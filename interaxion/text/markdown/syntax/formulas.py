"""Formulas between dollar signs, as MathML. Amounts of money are not formulas."""

import re
from functools import lru_cache
from html import unescape
from importlib import import_module
from xml.etree.ElementTree import tostring  # nosec B405

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.dollarmath.index import math_block_dollar

from interaxion.text.markdown.syntax.lines import Fence

# `$…$` has no space inside its ends and, without a command in it, no digit outside them: `$150-200K` and `$5 or $6` are
# money, `10$\mu$m` and `$\sim$1` are not. kramdown writes `$$…$$` within a line, too, with or without spaces. A code
# span binds tighter (CommonMark §6.1), so there is no backtick in a formula.
_INLINE = re.compile(r"\$(?![\s$])((?:\\.|[^\\$`])+?)(?<!\s)\$(?!\$)", re.DOTALL)
_DOUBLE = re.compile(r"\$\$((?:\\.|[^\\$`])+)\$\$(?!\$)", re.DOTALL)
_COMMAND = re.compile(r"\\[A-Za-z]")
# Environments that MathJax reads without dollar signs, on lines of their own.
_ENVIRONMENT = re.compile(r"\\begin\{(equation|align|gather|multline)(\*?)\}")
# A multi-line environment within dollar signs that the library does not know: it is rendered as `split`.
_ALIGNED = re.compile(r"\\(begin|end)\{aligned\}")
_WORDS = re.compile(r"\\text\w{0,20}\{[^}]{0,1000}\}")
_JAPANESE = re.compile(r"[ぁ-ヿ㐀-鿿、。「」]")
_LINE_ENDS = re.compile(r"\$\$[^\S\n]*$", re.MULTILINE)
_BAR_IN_FORMULA = re.compile(r"(?<![\\$\d])\$(?![\s$\d])[^$`\n]*[\\^_{][^$`\n]*(?<!\s)\$(?![\d$])")
_BAR = re.compile(r"(?<!\\)\|")

_read_block = math_block_dollar(allow_labels=False, allow_blank_lines=True)


def formulas(md: MarkdownIt) -> None:
    md.inline.ruler.before("escape", "math_inline", _inline)
    md.block.ruler.before(
        "fence",
        "math_block",
        _block,
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )
    md.block.ruler.before("math_block", "math_environment", _environment, {"alt": ["paragraph", "blockquote", "list"]})


def shield_bars(source: str) -> str:
    """Escape the bars in formulas of table rows, where they would end the cell."""
    lines = source.split("\n")
    fence = Fence()
    for index, line in enumerate(lines):
        fence.read(line)
        if not fence.inside and "$" in line and line.lstrip().startswith("|"):
            lines[index] = _BAR_IN_FORMULA.sub(lambda formula: _BAR.sub(r"\\|", formula[0]), line)
    return "\n".join(lines)


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a formula on lines of its own, also directly after a line of text."""
    if not state.src.startswith("$$", state.bMarks[start] + state.tShift[start]):
        return False
    if not silent:
        return _may_end(state, start) and _read_block(state, start, end, silent)
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].rstrip()
    return line.startswith("$$") and (line == "$$" or line.endswith("$$"))


def _may_end(state: StateBlock, start: int) -> bool:
    """Whether a line from this one on ends with `$$`. All lines are read once."""
    if "last_dollars" not in state.env:
        state.env["last_dollars"] = max((found.end() for found in _LINE_ENDS.finditer(state.src)), default=0)
    return bool(state.eMarks[start] <= state.env["last_dollars"])


def _environment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    r"""Parse `\begin{align}` … `\end{align}` on lines of their own, unless the paragraph has opened dollar signs."""
    found = _ENVIRONMENT.match(state.src, state.bMarks[start] + state.tShift[start], state.eMarks[start])
    if not found or state.is_code_block(start) or (silent and state.src.endswith("$", 0, state.eMarks[start - 1])):
        return False
    closing = f"\\end{{{found[1]}{found[2]}}}"
    # The lines of the last search that found no end: one that begins among them finds none either.
    unclosed: dict[tuple[str, int], range] = state.env.setdefault("unclosed_environments", {})
    if start in unclosed.get((closing, state.blkIndent), ()):
        return False
    line = start
    while not (text := _line(state, line)).endswith(closing):
        line += 1
        if line >= end or not text or state.sCount[line] < state.blkIndent:
            unclosed[closing, state.blkIndent] = range(start, line)
            return False
    if not silent:
        token = state.push("math_block", "math", 0)
        token.content = state.getLines(start, line + 1, state.blkIndent, False).strip()
        token.markup = "$$"
        token.block = True
        token.map = [start, line + 1]
        state.line = line + 1
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] : state.eMarks[line]].rstrip()


def _inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$":
        return False
    found = _DOUBLE.match(state.src, state.pos, state.posMax)
    if not found:
        found = _INLINE.match(state.src, state.pos, state.posMax)
        if found and (_is_money(state.src, found) or _JAPANESE.search(_WORDS.sub("", found[1]))):
            found = None
    if not found or not found[1].strip():
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content = found[1].strip()
        token.markup = "$$" if found[0].startswith("$$") else "$"
    state.pos = found.end()
    return True


def _is_money(text: str, found: re.Match[str]) -> bool:
    """Whether a digit stands directly before or after dollar signs around something without a command of TeX."""
    around = text[max(found.start() - 1, 0) : found.start()] + text[found.end() : found.end() + 1]
    return any("0" <= character <= "9" for character in around) and not _COMMAND.search(found[1])


#: In characters; the longest real one has 221. The library's time is the square of the length.
LONGEST_FORMULA = 2_000


@lru_cache(maxsize=4096)
def mathml(tex: str, display: bool) -> str | None:
    """Convert a formula to MathML, with its TeX source as `alttext`; None if it is too long or cannot be parsed."""
    if len(tex) > LONGEST_FORMULA:
        return None
    try:
        known = _ALIGNED.sub(r"\\\1{split}", tex)
        library = import_module("latex2mathml.converter")  # here, since most texts have no formula
        math = library.Converter(display="block" if display else "inline").convert_to_element(known)
    except Exception:  # The library raises errors of any type for bad TeX.
        return None
    math.attrib = {"alttext": tex, "display": math.attrib["display"]}
    # The library writes entities into the text. They are undone here, not in the markup: a "<" in \\text{} stays text.
    for element in math.iter():
        element.text = unescape(element.text or "")
    return tostring(math, encoding="unicode", short_empty_elements=False)
