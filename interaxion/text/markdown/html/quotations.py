"""Quoted posts of other sites. Their embed code needs a script; ours is the text and its source."""

import re
from html import escape

# The classes of <blockquote> that hold the whole text of a post.
QUOTED = frozenset({"twitter-tweet", "twitter-video", "bluesky-embed"})
_REF_SRC = re.compile(r"\?ref_src=[^#]*")


class Quotation:
    """A post of another site: its text in paragraphs, then the author, with the date as a link to the post."""

    def __init__(self) -> None:
        self.inside = False
        self.links: list[str] = []
        self._text: list[str] = []
        self._source: list[str] = []

    def link(self, href: str) -> str:
        """Note a link and return it without the tracking parameter. The last link leads to the post itself."""
        self.links.append(_REF_SRC.sub("", href))
        return self.links[-1]

    def part(self) -> list[str]:
        """Return the list to which HTML is added now: that of the text or that of the source."""
        return self._text if self.inside else self._source

    def html(self) -> str:
        source_url = self.links[-1] if self.links else ""
        cite = f' cite="{escape(source_url)}"' if source_url.startswith("https://") else ""
        text, source = "".join(self._text), "".join(self._source).strip()
        return f'<blockquote class="quotation"{cite}>{text}<footer>{source}</footer></blockquote>'
