"""Lists of references: where a text says what it rests on. Pure."""

import re
from collections.abc import Iterable

from interaxion.text.markdown import Heading

#: As course chapters head them; a number or a picture may stand before the words.
_HEADING = re.compile(
    r"[\W\d_]*(?:参考文献|参考資料|引用文献|文献|references?|bibliography|further reading)(?:[・/&と]\s*\w+)?[\W_]*",
    re.IGNORECASE,
)


def references_below(headings: Iterable[Heading]) -> set[str]:
    """The anchors of the headings of such lists, and of those within them."""
    anchors: set[str] = set()
    around: list[Heading] = []
    for heading in headings:
        around = [*(above for above in around if above.level < heading.level), heading]
        if any(_HEADING.fullmatch(each.text) for each in around):
            anchors.add(heading.anchor)
    return anchors
