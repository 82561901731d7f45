"""Marks that only the editor of the notes knows. https://help.obsidian.md/syntax"""

import re

_CODE = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,}).*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)|`[^`\n]*`", re.DOTALL | re.MULTILINE
)
_COMMENT = re.compile(r"%%.*?%%", re.DOTALL)
_HIGHLIGHT = re.compile(r"==(?=[^\s=])([^=\n]+?)(?<!\s)==")
_CALLOUT = re.compile(
    r"^(?P<mark>(?:[ \t]*>)+[ \t]*)\[!(?P<kind>[\w-]+)(?:\|[^\]\n]*)?\][+-]?[ \t]*(?P<title>[^\n]*)$", re.MULTILINE
)
_BLOCK_ID = re.compile(r"[ \t]+\^[A-Za-z0-9-]+[ \t]*$", re.MULTILINE)


def write_marks(text: str) -> tuple[str, bool]:
    """Return the text in our Markdown, and whether comments that no reader saw are left out of it."""
    out, at, has_comment = [], 0, False
    for code in [*_CODE.finditer(text), None]:
        part = text[at : code.start() if code else None]
        has_comment = has_comment or bool(_COMMENT.search(part))
        part = _HIGHLIGHT.sub(r"<mark>\1</mark>", _COMMENT.sub("", part))
        out += [_BLOCK_ID.sub("", _CALLOUT.sub(_head, part)), code[0] if code else ""]
        at = code.end() if code else at
    return "".join(out), has_comment


def _head(callout: re.Match[str]) -> str:
    """Write the title of a box as a paragraph of its own in the quotation."""
    mark = callout["mark"]
    return f"{mark}**{callout['title'] or callout['kind'].capitalize()}**\n{mark.rstrip()}"
