"""Other Liquid of a page: blocks, includes, outputs and players, resolved or left out of what readers see."""

import re
import time
from collections.abc import Callable, Mapping
from importlib import import_module

from interaxion.text.kramdown.page import KramdownPage

_BLOCKS = "for|if|unless|case|capture|tablerow"
_TAG = re.compile(rf"\{{%-?\s*(end)?({_BLOCKS})\b[^\n]{{0,1000}}?%\}}")
_NAME = re.compile(r"\{%-?\s*(\w+)\s*(.*?)\s*-?%\}", re.DOTALL)
#: Characters of the assignments of a page: each later piece is resolved with them before it.
_MOST_ASSIGNED = 5_000
#: The tags of plugins that show something of another site → its address.
PLAYERS: Mapping[str, Callable[[str], str]] = {
    "gist": lambda id: f"https://gist.github.com/{id}",
    "soundcloud": lambda id: f"https://soundcloud.com/{id}",
    "spotify": lambda id: f"https://open.spotify.com/{id}",
    "tweet": lambda id: f"https://x.com/i/status/{id}",
    "twitter": lambda id: f"https://x.com/i/status/{id}",
    "vimeo": lambda id: f"https://vimeo.com/{id}",
    "youtube": lambda id: f"https://www.youtube.com/watch?v={id}",
}


def resolve_other(page: KramdownPage, found: re.Match[str]) -> str:
    """Write a tag or an output, with all that is within a block."""
    tag = _NAME.match(found[0])
    name = tag[1] if tag else ""
    if tag and name in PLAYERS:
        return _write_player(page, found, name, tag[2])
    if re.fullmatch(_BLOCKS, name):
        end = _ends_of(page).get(found.start())
        if end is None:
            return page.leave_out(found)
        page.resumes_at = end
    piece = page.body[found.start() : max(found.end(), page.resumes_at)]
    words = re.findall(r"[\w-]+", piece)
    written = None if page.unknown.intersection(words) else _resolve(page, piece)
    if name in ("assign", "capture"):
        if len(page.assigned) + len(piece) > _MOST_ASSIGNED:
            written = None
        if written is None:
            page.unknown.add(words[1])
            return page.leave_out(found)
        page.assigned += piece
    return page.leave_out(found) if written is None else written


def _resolve(page: KramdownPage, piece: str) -> str | None:
    """Return what Jekyll would write, as our Markdown; None if only Jekyll knows it."""
    # python-liquid is loaded by the first page that needs it: that takes a tenth of the start of every command.
    templates = import_module("interaxion.text.kramdown.templates")
    page.liquid_ends_at = page.liquid_ends_at or time.process_time() + templates.SECONDS
    try:
        written: str = templates.resolve(page.assigned + piece, page.site, page.meta, until=page.liquid_ends_at)
    except templates.CannotKnow:
        return None
    if "{:" not in written and "<" not in written:
        return written
    return page.rewrite_again(written)


def _write_player(page: KramdownPage, found: re.Match[str], name: str, given: str) -> str:
    """Write a line of the address, which becomes a player where there is one."""
    words = given.replace('"', " ").replace("'", " ").split()
    if not words or not re.fullmatch(r"[\w./:?=&@%~-]+", words[0]):
        return page.leave_out(found)
    address = words[0] if words[0].startswith(("https://", "http://")) else PLAYERS[name](words[0])
    return address if page.indent_of(found) is None else f"\n{address}\n"


def _ends_of(page: KramdownPage) -> dict[int, int]:
    """Return, for the beginning of each block, the place after its end tag. All tags are read once."""
    known: dict[int, int] | None = vars(page).get("block_ends")
    if known is not None:
        return known
    ends: dict[int, int] = {}
    opened: list[tuple[str, int]] = []
    for tag in _TAG.finditer(page.body):
        if not tag[1]:
            opened.append((tag[2], tag.start()))
        elif opened and opened[-1][0] == tag[2]:
            ends[opened.pop()[1]] = tag.end()
    vars(page)["block_ends"] = ends
    return ends
