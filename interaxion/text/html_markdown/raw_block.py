"""A piece of HTML within Markdown: one block, which is cleaned like any other when it is rendered."""

import re

_BODY = re.compile(r"<body\b[^>]*>(.*?)(?:</body\s*>|\Z)", re.DOTALL | re.IGNORECASE)
#: What the sanitiser removes with its content. Blank lines in it would end the block.
_UNSEEN = re.compile(r"<!--.*?-->|<(script|style|head)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_AS_TYPED = re.compile(r"<(pre|textarea)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
#: Tags that begin a block which only a blank line ends: https://spec.commonmark.org/0.31.2/#html-blocks (kind 6)
_BLOCK = re.compile(
    r"<(?:address|article|aside|blockquote|center|details|div|dl|fieldset|figure|footer|h[1-6]|header|hr|main|nav|ol|p|"
    r"section|table|ul)\b",
    re.IGNORECASE,
)
#: Our dialect reads Markdown in a summary, even in a block of HTML: marks in it become references.
_SUMMARY = re.compile(r"(<summary\b[^<>]*>)(.*?)(</summary\s*>)", re.DOTALL | re.IGNORECASE)
_MARK = re.compile(r"<[^<>]*>|[\\`*_\[\]~$^:]")


def as_block(page: str) -> str:
    """Return the page as one block: without blank lines, which end a block, and indents, which begin code.

    Raw line breaks in `<pre>` become references, so that they stay.
    """
    if body := _BODY.search(page):
        page = body[1]
    page = _AS_TYPED.sub(lambda found: found[0].replace("\n", "&#10;"), _UNSEEN.sub("", page))
    page = _SUMMARY.sub(lambda found: found[1] + _MARK.sub(_refer_to, found[2]) + found[3], page)
    text = "\n".join(filter(None, map(str.strip, page.splitlines())))
    return f"{text}\n" if _BLOCK.match(text) or not text else f"<div>\n{text}\n</div>\n"


def _refer_to(mark: re.Match[str]) -> str:
    return mark[0] if mark[0].startswith("<") else f"&#{ord(mark[0])};"
