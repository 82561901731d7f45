"""Stored HTML as feed readers take it: absolute addresses, no frames, no marks for our own pages. Pure."""

import re
from html import escape, unescape
from urllib.parse import quote, urljoin

import nh3

from interaxion.web.feed_xml import UNSPELLABLE

_TAGS = nh3.ALLOWED_TAGS - {"span", "time"}  # which say nothing without our style sheet
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
_DROPPED = {"audio", "iframe", "script", "style", "svg", "video"}  # with all that is in them
# Readers show MathML as its letters in a row, if at all; the TeX it was made from can be read.
_FORMULA = re.compile(r'<math\b[^>]*?\salttext="([^"]*)"[^>]*>.*?</math>', re.DOTALL)
# The card of a player is a link; beside the next card it needs a line of its own.
_EMBED = re.compile(r'<figure class="embed"[^>]*>(.*?)</figure>', re.DOTALL)
# A link to a moment of this same page that says nothing but the time.
_TIME_LINK = re.compile(
    r'<a\b[^>]*?\shref="(?:#t-|\?t=)\w+"[^>]*>(?:<time\b[^>]*>)?(\d+(?::\d\d){1,2})(?:</time>)?</a>'
)
_EMPTY = re.compile(r"<(a|div|figure|p|sup)>\s*</\1>")


def free_times(html: str) -> str:
    """`html` with the times of its page as plain text: podcast apps seek by those, and follow a link to the page."""
    return _TIME_LINK.sub(r"\1", html)


def feed_html(html: str, page_url: str) -> str:
    """`html` as stored for the page at `page_url`, fit for `content:encoded` and for Atom's `content`."""
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


def absolute_url(address: str, base: str) -> str:
    """`/57` as an address for apps: with the host of `base`, and in ASCII as Apple asks for."""
    return quote(urljoin(base, address), safe="/#%[]=:;$&()+,!?*@'~")
