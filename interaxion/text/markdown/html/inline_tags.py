"""The raw tags in a block of text, read once: whoever looks for an end tag need not go through all that follows."""

import re
from bisect import bisect_right

from markdown_it.token import Token

_BEGINNING = re.compile(r"</?[a-z][a-z0-9-]*", re.IGNORECASE)


class InlineTags:
    """The places of the tags among the tokens of a block, by their beginning: `<a`, `</svg`."""

    def __init__(self, children: list[Token]) -> None:
        self._places: dict[str, list[int]] = {}
        for place, token in enumerate(children):
            if token.type == "html_inline" and (found := _BEGINNING.match(token.content)):
                self._places.setdefault(found[0].lower(), []).append(place)

    def next(self, *beginnings: str, after: int) -> int | None:
        """Return the place of the next such tag; None without one."""
        following: list[int] = []
        for places in map(self._places.get, beginnings):
            if places and places[-1] > after:
                following.append(places[bisect_right(places, after)])
        return min(following, default=None)
