"""The lists of references in a text, found by their headings."""

import re
from collections.abc import Iterable

from interaxion.text.markdown import Heading

#: The headings of such lists in course chapters. A number or an emoji may precede the words.
_HEADING = re.compile(
    r"[\W\d_]*(?:参考文献|参考資料|引用文献|文献|references?|bibliography|further reading)"
    r"(?:\s*(?:[・/&と]|and\b)\s*\w+)?[\W_]*",
    re.IGNORECASE,
)


def references_below(headings: Iterable[Heading]) -> set[str]:
    """Return the anchors of the headings of reference lists, and of the headings below them."""
    anchors: set[str] = set()
    ancestors: list[tuple[int, bool]] = []  # level, and whether a list of references is below it
    for heading in headings:
        ancestors = [(level, is_list) for level, is_list in ancestors if level < heading.level]
        ancestors.append((heading.level, bool(_HEADING.fullmatch(heading.text))))
        if any(is_list for _level, is_list in ancestors):
            anchors.add(heading.anchor)
    return anchors
