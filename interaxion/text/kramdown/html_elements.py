"""Raw HTML as kramdown reads it: an element goes on to its end tag, over blank lines, and what is in it is no Markdown.

CommonMark would read a line of it that is set in by four columns, below a blank line, as code.
"""

import re

from interaxion.text.markdown.syntax.lines import Fence

#: The tags of blocks. https://kramdown.gettalong.org/syntax.html#html-blocks
_NAMES = (
    "address|article|aside|blockquote|button|caption|center|colgroup|dd|details|div|dl|dt|fieldset|figcaption|figure|"
    "footer|form|h[1-6]|header|iframe|li|main|menu|nav|noscript|object|ol|p|pre|script|section|style|summary|table|"
    "tbody|td|textarea|tfoot|th|thead|tr|ul|video|audio"
)
_TAG = re.compile(rf"<(?P<end>/?)(?P<name>{_NAMES})\b(?P<rest>[^<>]{{0,1000}})", re.IGNORECASE)
_RAW_TAG = re.compile(r"<(/?)(?:pre|script|style|textarea)\b", re.IGNORECASE)
_SET_IN = re.compile(r"(?: {4}| {0,3}\t)[ \t]*")


def set_out(body: str) -> str:
    """Set out what CommonMark would take for code within an element. Each line stays a line."""
    if "<" not in body:
        return body
    lines = body.split("\n")
    ends = _find_ends(lines)
    last = -1  # of the elements so far that hold no Markdown
    in_raw = False
    fence = Fence()
    for index, line in enumerate(lines):
        fence.read(line)
        if fence.inside:
            continue
        last = max(last, ends.get(index, -1))
        is_below_blank = index > 0 and not lines[index - 1].strip()
        if index <= last and is_below_blank and not in_raw and (found := _SET_IN.match(line)):
            lines[index] = "   " + line[found.end() :]
        for tag in _RAW_TAG.finditer(line):
            in_raw = not tag[1] and index <= last
    return "\n".join(lines)


def _find_ends(lines: list[str]) -> dict[int, int]:
    """Return the line of the end tag for each line that begins with the start tag of an element without Markdown."""
    ends: dict[int, int] = {}
    opened: dict[str, list[tuple[int, bool]]] = {}  # for each name: the line, and whether the tag begins it
    fence = Fence()
    for index, line in enumerate(lines):
        was_inside = fence.inside
        fence.read(line)
        if was_inside or fence.inside:
            continue
        for tag in _TAG.finditer(line):
            name = tag["name"].lower()
            if not tag["end"]:
                is_first = not line[: tag.start()].strip() and tag.start() < 4 and "markdown=" not in tag["rest"]
                opened.setdefault(name, []).append((index, is_first))
            elif opened.get(name):
                begun, is_first = opened[name].pop()
                if is_first:
                    ends[begun] = max(index, ends.get(begun, -1))
    return ends
