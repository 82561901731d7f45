"""Links by the name of a note: `[[Note]]`, `[[Note#Heading|words]]`, `![[picture.png]]`, as Markdown.

https://help.obsidian.md/links, https://help.obsidian.md/embeds
"""

import re
from collections.abc import Callable
from urllib.parse import quote

from interaxion.text.markdown.syntax.headings import kramdown_id_of_text
from interaxion.text.markdown.syntax.lines import Fence

_LINK = re.compile(
    r"(?P<code>`[^`\n]*`)"
    r"|(?P<embed>!)?\[\[(?P<name>[^\[\]|#\n]*)(?:#(?P<heading>[^\[\]|\n]*))?(?:\|(?P<words>[^\[\]\n]*))?\]\]"
)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")


def write_links(text: str, find: Callable[[str], str | None]) -> str:
    """Return the text with Markdown's links. `find` returns the address of a note or file by its name.

    A link to a note that is not there becomes its words, as nothing else can be done with it. Code stays as it is.
    """

    def write(found: re.Match[str]) -> str:
        if found["code"]:
            return found[0]
        name, heading, words = (found[part] or "" for part in ("name", "heading", "words"))
        address = find(name.strip()) if name.strip() else ""
        if found["embed"] and name.lower().endswith(_PICTURES):
            alt = "" if re.fullmatch(r"[\dx ]*", words) else words
            return f"![{alt}]({_spelled(address or name.strip())})"
        shown = words or (f"{name} › {heading}" if name and heading else name or heading)
        if address is None:
            return shown
        is_heading = heading and not heading.startswith("^")
        anchor = f"#{_spelled(kramdown_id_of_text(heading.split('#')[-1].strip()))}" if is_heading else ""
        return f"[{shown}]({_spelled(address)}{anchor})" if address or anchor else shown

    return _outside_fences(text, lambda line: _LINK.sub(write, line) if "[[" in line else line)


def _spelled(address: str) -> str:
    """Escape what ends an address in Markdown; letters of any script stay readable."""
    return re.sub(r"[\s()<>\"%]", lambda found: quote(found[0]), address)


def _outside_fences(text: str, write: Callable[[str], str]) -> str:
    """Rewrite each line that is in no fenced code."""
    fence, out = Fence(), []
    for line in text.split("\n"):
        was_inside = fence.inside
        fence.read(line)
        out.append(line if was_inside or fence.inside else write(line))
    return "\n".join(out)
