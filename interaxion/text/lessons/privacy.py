"""E-mail addresses in chapters are not shown: authors of course files give theirs without thinking of the public."""

import re

from interaxion.text.lessons.tags import TAG

#: With the part before `@`, which is what tells people apart.
ADDRESS = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@((?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24})(?![\w@])", re.ASCII
)
#: What is shown instead.
MASKED = re.compile(r"…@[\w.-]+", re.ASCII)
_MAIL_LINK = re.compile(r'<a\b[^>]*\shref="mailto:[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
_CODE = frozenset(("code", "pre"))


def masked(text: str) -> str:
    """Return plain text with `…@host` for each address."""
    return ADDRESS.sub(r"…@\1", text) if "@" in text else text


def masked_html(html: str) -> str:
    """Return HTML with `…@host` for each address outside of code, and without links to any."""
    if "@" not in html:
        return html
    html = _MAIL_LINK.sub(r"\1", html)
    pieces, at, depth = [], 0, 0
    for tag in TAG.finditer(html):
        text = html[at : tag.start()]
        pieces += [text if depth else masked(text), tag.group()]
        if tag[1] in _CODE:
            depth += -1 if tag.group().startswith("</") else 1
        at = tag.end()
    return "".join([*pieces, html[at:] if depth else masked(html[at:])])
