"""Stored HTML rewritten for feed readers: absolute URLs, no frames, none of the marks for our own style sheet."""

import re
from functools import lru_cache
from html import escape, unescape

import nh3

from interaxion.web.feed_xml import UNSPELLABLE

_TAGS = nh3.ALLOWED_TAGS - {"span", "time"}  # meaningless without our style sheet
_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_DROPPED = {"audio", "iframe", "script", "style", "svg", "video"}  # with their content
# Feed readers show MathML as a row of letters, if at all; the TeX that it was made from is readable.
_FORMULA = re.compile(r'<math\b[^>]*?\salttext="([^"]*)"[^>]*>.*?</math>', re.DOTALL)
# The card of a player becomes a link, in a paragraph of its own: cards may follow one another directly.
_EMBED = re.compile(r'<figure class="embed"[^>]*>(.*?)</figure>', re.DOTALL)
# A link to a moment of the same page, whose text is only the time.
_TIME_LINK = re.compile(
    r'<a\b[^>]*?\shref="(?:#t-|\?t=)\w+"[^>]*>(?:<time\b[^>]*>)?(\d+(?::\d\d){1,2})(?:</time>)?</a>'
)
_EMPTY = re.compile(r"<(a|div|figure|p|sup)>\s*</\1>")


def free_times(html: str) -> str:
    """Return `html` with its time links as plain text: podcast apps seek by a plain time, but follow a link."""
    return _TIME_LINK.sub(r"\1", html)


@lru_cache(maxsize=2)  # a save asks for that of one text for its parts and for its checks
def feed_html(html: str, page_url: str) -> str:
    """Return the stored `html` of the page at `page_url`, ready for `content:encoded` and for Atom's `content`."""
    html = _FORMULA.sub(lambda math: f"<code>{escape(unescape(math[1]))}</code>", html)
    html = _EMBED.sub(r"<p>\1</p>", html)
    html = nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_DROPPED,
        attributes=_ATTRIBUTES,
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
        url_relative=("rewrite_with_base", page_url),
    )
    return _EMPTY.sub("", UNSPELLABLE.sub("", html)).strip()
