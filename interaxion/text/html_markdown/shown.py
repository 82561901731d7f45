"""The contents of a block that a reader is shown, to compare two forms of it."""

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import unquote

from interaxion.text.html_markdown.blocks import TAG
from interaxion.text.markdown import render
from interaxion.text.markdown.rendered import RenderedLink

_ANCHOR = re.compile(r'<span id="([^"]+)"')
_CODE_IN_PRE = re.compile(r"<pre\b[^>]*><code\b[^>]*>")
_SAME = {"b": "strong", "i": "em", "s": "del", "strike": "del", "th": "td", "tt": "code"}
_COUNTED = frozenset({
    "abbr", "blockquote", "code", "dd", "del", "details", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "img", "ins", "kbd", "li", "mark", "ol", "pre", "rt", "small", "strong", "sub", "summary", "sup", "td", "u",
    "ul",
})  # fmt: skip


@dataclass(frozen=True)
class Shown:
    text: str  # without white space
    tags: dict[str, int]
    centred: int
    links: Counter[tuple[str, str]]
    images: list[tuple[str, str]]
    embeds: list[tuple[str, str]]
    anchors: frozenset[str]

    @property
    def is_nothing(self) -> bool:
        return not (self.text or self.tags or self.links or self.images or self.embeds or self.anchors)

    def is_kept_by(self, other: "Shown") -> bool:
        """Whether the other form says the same.

        It may have more anchors, as every heading in Markdown has one, and links of addresses that are in the text.
        """
        may_differ = {"links": None, "anchors": None}
        is_same = vars(self) | may_differ == vars(other) | may_differ
        added = other.links - self.links
        return is_same and self.anchors <= other.anchors and self.links <= other.links and not any(w for _, w in added)


def what_is_shown(markdown: str) -> Shown:
    rendered = render(markdown, "post")
    html = _CODE_IN_PRE.sub("<pre>", rendered.html)
    tags = Counter(_SAME.get(tag["name"], tag["name"]) for tag in TAG.finditer(html) if not tag["end"])
    outline = rendered.outline
    return Shown(
        text="".join(rendered.text.split()),
        tags={name: count for name, count in tags.items() if name in _COUNTED},
        centred=html.count(' class="center"'),
        links=Counter((unquote(link.url), _words(link)) for link in outline.links),
        images=[(unquote(image.src), image.alt) for image in outline.images],
        embeds=[(embed.provider, embed.id) for embed in outline.embeds],
        anchors=frozenset(_ANCHOR.findall(html)),
    )


def _words(link: RenderedLink) -> str:
    """Return the words of a link; "" where a link without any, around a picture, is called by its address."""
    text = "".join(link.text.split())
    return "" if text == "".join(unquote(link.url).split()) else text
