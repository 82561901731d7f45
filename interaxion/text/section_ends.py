"""What is said at the ends of the sections of a page: put into its stored HTML when it is shown. Pure."""

import re
from collections.abc import Collection, Mapping
from html import unescape
from itertools import pairwise

_HEADING = re.compile(r'<h[1-6] id="([^"]*)"')
#: Footnotes follow the last section and belong to none.
_FOOTNOTES = '<hr class="footnotes-sep">'


def add_to_section_ends(html: str, outline: Collection[str], notes: Mapping[str, str]) -> tuple[str, set[str]]:
    """`html` with each of the notes (HTML, by anchor) behind its section, and the anchors that have such a place.

    `outline` are the anchors of the headings that stand free: inside a quotation or a fold no section ends.
    """
    starts = [(found.start(), unescape(found[1])) for found in _HEADING.finditer(html)]
    starts = [(start, anchor) for start, anchor in starts if anchor in outline]
    end = html.rfind(_FOOTNOTES)
    pieces, at = [], 0
    for (_start, anchor), (stop, _next) in pairwise([*starts, (end if end >= 0 else len(html), "")]):
        pieces += [html[at:stop], notes.get(anchor, "")]
        at = stop
    return "".join([*pieces, html[at:]]), {anchor for _start, anchor in starts} & notes.keys()
