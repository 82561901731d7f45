"""HTML of other systems as our Markdown: pages, feeds, exports, and what is pasted.

Each block is rendered both ways and compared. Where Markdown would say less than the HTML did, the block stays HTML: no
text, link or picture is ever lost.
"""

from interaxion.text.html_markdown.blocks import blocks_of
from interaxion.text.html_markdown.conversion import convert_block
from interaxion.text.html_markdown.footnotes import Footnotes
from interaxion.text.html_markdown.tidying import tidy

__all__ = ["to_markdown"]


def to_markdown(html: str) -> str:
    """Return the HTML, a page or a piece of one, as Markdown; "" if it shows nothing. Raises nothing."""
    html, notes = Footnotes.take_from(tidy(html))
    return notes.put_into(_convert(html), _convert)


def _convert(html: str) -> str:
    blocks = filter(None, map(convert_block, blocks_of(html)))
    return "".join(f"{block}\n\n" for block in blocks).rstrip("\n") + "\n" if html.strip() else ""
