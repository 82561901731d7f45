"""What a walk through one document finds."""

from html import escape

from interaxion.text.markdown.html.providers import PROVIDERS
from interaxion.text.markdown.rendered import (
    CodeBlock,
    Dialect,
    Embed,
    Formula,
    Heading,
    Image,
    Outline,
    RenderedLink,
    RenderWarning,
    Resolver,
)

#: Characters that are kept of what a paragraph says before a link: more than any entry of a list of references has.
LONGEST_LEAD = 500


class Collector:
    """Gathers the outline and the problems of one document, and knows where in it the walk is."""

    def __init__(self, kind: Dialect, resolver: Resolver | None) -> None:
        self.kind = kind
        self.resolver = resolver
        self.line = 1
        self.anchor = ""
        self.folds = 0
        #: "audio" or "video" where such a tag has begun that leaves its address to the <source> in it.
        self.player = ""
        #: The lists around the present place: the number of the present item, None in those without numbers.
        self.lists: list[int | None] = []
        #: What the present paragraph, or the list item with all its paragraphs, has said so far.
        self.lead = ""
        self.ids: set[str] = set()
        self._repeats: dict[str, int] = {}
        self.headings: list[Heading] = []
        self.links: list[RenderedLink] = []
        self.images: list[Image] = []
        self.embeds: list[Embed] = []
        self.formulas: list[Formula] = []
        self.code_blocks: list[CodeBlock] = []
        self.problems: list[RenderWarning] = []

    def outline(self) -> Outline:
        return Outline(
            tuple(self.headings),
            tuple(self.links),
            tuple(self.images),
            tuple(self.embeds),
            tuple(self.formulas),
            tuple(self.code_blocks),
        )

    def warn(self, message_id: str, detail: str, line: int | None = None) -> None:
        self.problems.append(RenderWarning(line or self.line, message_id, detail))

    def free_id(self, wanted: str) -> str:
        """`wanted`, or with -2, -3 behind it, and taken from now on."""
        id, number = wanted, self._repeats.get(wanted, 1)
        while id in self.ids:
            number += 1
            id = f"{wanted}-{number}"
        self._repeats[wanted] = number
        self.ids.add(id)
        return id

    def link(self, href: str, text: str, line: int | None = None) -> None:
        item = next((number for number in self.lists if number is not None), None)
        lead = " ".join(self.lead.split())
        self.links.append(RenderedLink(href, " ".join(text.split()), line or self.line, self.anchor, item, lead))

    def say(self, text: str) -> None:
        self.lead = (self.lead + text)[-LONGEST_LEAD:]

    def resolved(self, href: str) -> str:
        """Where a link leads: our own address for it, or what is written."""
        return (self.resolver.link(href) if self.resolver else None) or href

    def embed_html(self, embed: Embed, title: str, line: int | None = None) -> str:
        """A card that loads nothing until it is asked to."""
        self.embeds.append(Embed(embed.provider, embed.id, embed.url, line or self.line))
        return (
            f'<figure class="embed" data-provider="{embed.provider}" data-embed="{escape(embed.id)}"'
            f' data-frame="{escape(PROVIDERS[embed.provider].frame(embed.id))}">'
            f'<a href="{escape(embed.url)}">{escape(title or embed.url)}</a></figure>'
        )
