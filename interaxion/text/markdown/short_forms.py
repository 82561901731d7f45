"""The short form of code that other sites give for embedding: the address of the post or of the player's page."""

import re

from interaxion.text.markdown.html.embeds import parse_embed
from interaxion.text.markdown.html.quotations import QUOTED
from interaxion.text.markdown.pipeline import render

_CODE = re.compile(rf"\s*<(?:iframe\s|blockquote\s[^>]*\b(?:{'|'.join(sorted(QUOTED))})\b)", re.IGNORECASE)


def short_form(html: str) -> str | None:
    """Return the address that stands for the embed code; None for other HTML, and for code without an address."""
    if not _CODE.match(html):
        return None
    outline = render(html, kind="post").outline
    if outline.embeds:
        return outline.embeds[0].url
    # The last link of a quoted post leads to the post. A player that is not in our table stays a link.
    last = outline.links[-1].url if outline.links else ""
    post = parse_embed(last.replace("//twitter.com/", "//x.com/"))
    return post.url if post else last or None
