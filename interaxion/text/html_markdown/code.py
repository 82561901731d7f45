"""Blocks of code in HTML as fenced code: its characters are those of the text, whatever colours it had."""

import re
from html import unescape

_BLOCK = re.compile(
    r"<pre\b(?P<pre>[^>]*)>\s*?(?:<code\b(?P<code>[^>]*)>)?(?P<text>.*?)(?:</code>\s*)?</pre>", re.DOTALL
)
_LANGUAGE = re.compile(r'(?:class="|\s)(?:language|lang|brush:)[-:]?\s*([\w+#.-]+)')
_BREAK = re.compile(r"<br>\n?")
_TAGS = re.compile(r"<[^>]*>")


def fence(html: str) -> str | None:
    """Return a `<pre>` as fenced code; None for one that holds pictures or players."""
    block = _BLOCK.fullmatch(html)
    if not block or re.search("<(?:img|iframe|audio|video)", html):
        return None
    text = unescape(_TAGS.sub("", _BREAK.sub("\n", block["text"]))).removeprefix("\n").removesuffix("\n")
    if not text.strip():
        return ""
    language = _LANGUAGE.search(f"{block['code'] or ''} {block['pre']}")
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    marks = "`" * max(3, longest + 1)
    return f"{marks}{language[1] if language else ''}\n{text}\n{marks}"
