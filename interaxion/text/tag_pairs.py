"""Pairs of opening and end tags in the markup of other systems, such as shortcodes."""

import re


def ends_of(tag: re.Pattern[str], text: str) -> dict[int, tuple[int, int]]:
    """Return, for the beginning of each opening tag with an end tag, where the end tag begins and ends.

    `tag` has the groups `name` and `end`, which matches in end tags alone.
    """
    ends: dict[int, tuple[int, int]] = {}
    opened: dict[str, list[int]] = {}
    for found in tag.finditer(text):
        if not found["end"]:
            opened.setdefault(found["name"], []).append(found.start())
        elif opened.get(found["name"]):
            ends[opened[found["name"]].pop()] = found.span()
    return ends
