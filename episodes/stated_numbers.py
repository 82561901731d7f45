"""The numbers that short notes state as their own, in their heading and in their link to the full notes."""

import re
from collections.abc import Iterator
from decimal import Decimal

_NUMBER = r"[0-9]{1,5}(?:[.-][0-9]{1,2})?"
TITLE = re.compile(
    rf"\s*^#[ \t]+Ep(?:isode)?\.?[ \t]*({_NUMBER})(?![0-9])[ \t]*[:：]?[ \t]*(.*?)[ \t#]*\r?$",
    re.MULTILINE | re.IGNORECASE,
)
MENTION = re.compile(r"完全版|full (?:version|notes|show notes)", re.IGNORECASE)
_ADDRESS = re.compile(rf"https?://[^/\s()<>]+/({_NUMBER})/?(?=[)\s>#?。、]|$)")


def numbers_said(text: str) -> Iterator[Decimal]:
    """Yield the numbers that short notes state as their own: in the heading, and in the link to the full notes."""
    title = TITLE.match(text)
    if title:
        yield Decimal(title[1].replace("-", "."))
    lines_before = text.count("\n", 0, title.start(1)) + 1 if title else 0
    yield from (number for number, _line in full_version_numbers(text, lines_before))


def full_version_numbers(text: str, heading_line: int) -> Iterator[tuple[Decimal, int]]:
    """Yield number and line of each link to the full notes; after the introduction, links are to other episodes."""
    lines = text.split("\n")
    for line_number, line in enumerate(lines[heading_line:], heading_line + 1):
        if line.startswith("##"):
            return
        mention = MENTION.search(line)
        if mention and (found := _ADDRESS.search(line, mention.end()) or _ADDRESS.search(line)):
            yield Decimal(found[1].replace("-", ".")), line_number
