"""Groups of links: a line without links explains the links of the lists below it."""

from collections.abc import Sequence

from episodes.short_notes.outline.pieces import OutlineItem, columns, links_of

#: Columns (kanji have two). A longer text is commentary, not the name of a group.
WIDEST_GROUP = 60


def find_groups(items: Sequence[OutlineItem]) -> dict[int, int]:
    """Return, for the index of each item with links that belongs to a group, the index of the item that explains it.

    That is the nearest item above it in an outer list, or a paragraph that ends with a colon.
    """
    groups: dict[int, int] = {}
    heads: list[int] = []
    for index, item in enumerate(items):
        heads = [head for head in heads if items[head].depth < item.depth]
        if any(links_of(line) for line in item.lines):
            groups |= {index: heads[-1]} if heads else {}
        elif item.kind == "item" or (item.kind == "paragraph" and item.text.endswith((":", "："))):
            heads += [index] if columns(item.text) <= WIDEST_GROUP else []
    return groups
