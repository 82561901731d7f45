"""Notes at the ends of the sections of a page, inserted into its stored HTML when it is shown."""

import re
from collections.abc import Collection, Mapping
from html import unescape
from itertools import pairwise

_HEADING = re.compile(r'<h[1-6] id="([^"]*)"')
#: Footnotes follow the last section and belong to no section.
_FOOTNOTES = '<hr class="footnotes-sep">'


def add_to_section_ends(html: str, outline: Collection[str], notes: Mapping[str, str]) -> tuple[str, set[str]]:
    """Return `html` with each note (HTML, by anchor) at the end of its section, and the anchors of the notes inserted.

    `outline` holds the anchors of top-level headings: a heading in a quotation or in <details> begins no section.
    """
    starts = [(found.start(), unescape(found[1])) for found in _HEADING.finditer(html)]
    starts = [(start, anchor) for start, anchor in starts if anchor in outline]
    end = html.rfind(_FOOTNOTES)
    pieces, at = [], 0
    for (_start, anchor), (stop, _next) in pairwise([*starts, (end if end >= 0 else len(html), "")]):
        pieces += [html[at:stop], notes.get(anchor, "")]
        at = stop
    return "".join([*pieces, html[at:]]), {anchor for _start, anchor in starts} & notes.keys()
