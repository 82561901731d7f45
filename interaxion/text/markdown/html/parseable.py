"""Raw HTML made fit for `html.parser` of the standard library."""

import re

_COMMENT_ENDS = re.compile(r"--\s*>")


def parseable(html: str) -> str:
    """Escape what the parser cannot read: it stops with an error at declarations that it does not know.

    From each tag or comment without an end it reads to the end of the text, and again from the next one; it shows them
    as text.
    """
    html = html.replace("<![", "&lt;![")
    last = html.rfind(">") + 1
    if "<" in html[last:]:
        html = html[:last] + html[last:].replace("<", "&lt;")
    if "<!--" in html:
        last = max((found.end() for found in _COMMENT_ENDS.finditer(html)), default=0)
        html = html[:last] + html[last:].replace("<!--", "&lt;!--")
    return html
