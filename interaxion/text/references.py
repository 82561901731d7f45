"""The lists of references in a text, found by their headings."""

import re
from collections.abc import Iterable

from interaxion.text.markdown import Heading

#: The headings of such lists in course chapters. A number or an emoji may precede the words.
_HEADING = re.compile(
    r"[\W\d_]*(?:参考文献|参考資料|引用文献|文献|references?|bibliography|further reading)(?:[・/&と]\s*\w+)?[\W_]*",
    re.IGNORECASE,
)


def references_below(headings: Iterable[Heading]) -> set[str]:
    """Return the anchors of the headings of reference lists, and of the headings below them."""
    anchors: set[str] = set()
    ancestors: list[Heading] = []
    for heading in headings:
        ancestors = [*(above for above in ancestors if above.level < heading.level), heading]
        if any(_HEADING.fullmatch(above.text) for above in ancestors):
            anchors.add(heading.anchor)
    return anchors
