"""`Collector`: the outline and the warnings that a walk through one document gathers."""

import re
from collections import Counter
from html import escape
from urllib.parse import unquote

from interaxion.text.markdown.html.allowed import OUR_ID, OUR_IDS
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

#: Characters of the text before a link that are kept: more than any entry of a list of references has.
LONGEST_LEAD = 500
#: A title of a player that says nothing of what it plays: "YouTube video player", "Embedded content".
_FURNITURE = re.compile(
    r"(?:(?:the|an?|embed(?:ded)?|iframe|frame|youtube|vimeo|spotify|soundcloud|apple|podcasts?|speaker|deck|note|twitter|x"
    r"|instagram|google|html5|web|video|audio|media|music|player|content|post|widget|slides?|presentation)\b[\s:]*)+",
    re.IGNORECASE,
)
LONGEST_NAME = 80
#: An `id=` or `name=` of raw HTML that becomes an anchor.
_ID = re.compile(r"[^\s\"'<>&#%]{1,200}")


class Collector:
    """Gathers the outline and the warnings of one document, and keeps the present place of the walk."""

    def __init__(self, kind: Dialect, resolver: Resolver | None) -> None:
        self.kind = kind
        self.resolver = resolver
        self.line = 1
        self.anchor = ""
        self.folds = 0
        #: Characters of code highlighted so far.
        self.coloured = 0
        #: "audio" or "video" inside such a tag without `src`, whose URL is in its <source>; else "".
        self.player = ""
        #: The lists around the present place, by the number of the present item; None for a list without numbers.
        self.lists: list[int | None] = []
        #: The text so far of the present paragraph, or of the list item with all its paragraphs.
        self.lead = ""
        #: The last paragraph, list item or heading, whichever came last: it names a player without a title.
        self.said = ""
        #: Whether these words are a link and nothing else; the player if the link leads to one.
        self.said_of: tuple[str, str] | bool = False
        self.player_names: Counter[str] = Counter()
        self.ids: set[str] = set()
        #: The ids that our headings want, also those further below.
        self.heading_ids: frozenset[str] = frozenset()
        #: The ids of raw HTML that are ours: they get another name, and so do the links to them.
        self.renamed: frozenset[str] = frozenset()
        #: How often each id of kramdown has come up: it numbers the further ones.
        self.kramdown_ids: Counter[str] = Counter()
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
        """Return `wanted`, with -2, -3 … added if it is taken, and reserve the result."""
        id, number = wanted, self._repeats.get(wanted, 1)
        while id in self.ids:
            number += 1
            id = f"{wanted}-{number}"
        self._repeats[wanted] = number
        self.ids.add(id)
        return id

    def raw_anchor(self, id: str) -> str:
        """Return an anchor for an id in raw HTML; "" if a heading has it, or it is no id."""
        if not _ID.fullmatch(id) or id in self.heading_ids:
            return ""
        id = _renamed(id)
        if id in self.ids:
            self.warn("The anchor #%s is given twice: links go to the first.", id)
            return ""
        self.ids.add(id)
        return f'<span id="{escape(id)}"></span>'

    def kramdown_anchor(self, id: str) -> str:
        """Return a second id for a heading, the one that kramdown gives it; "" if something else has it."""
        count = self.kramdown_ids[id]
        self.kramdown_ids[id] += 1
        id = f"{id}-{count}" if count else id
        if not id or id in self.ids or id in self.heading_ids or _renamed(id) != id:
            return ""
        self.ids.add(id)
        return id

    def link(self, href: str, text: str, line: int | None = None) -> None:
        item = next((number for number in self.lists if number is not None), None)
        lead = " ".join(self.lead.split())
        self.links.append(RenderedLink(href, " ".join(text.split()), line or self.line, self.anchor, item, lead))

    def say(self, text: str) -> None:
        """Add text to the lead of the links that follow."""
        self.lead = (self.lead + text)[-LONGEST_LEAD:]

    def resolved(self, href: str) -> str:
        """Return our own URL for a link target, or the target as written."""
        if href.startswith("#"):
            wanted = unquote(href[1:])
            return f"#{_renamed(wanted)}" if wanted in self.renamed else href
        return (self.resolver.link(href) if self.resolver else None) or href

    def embed_html(self, embed: Embed, title: str, line: int | None = None) -> str:
        """Note an embed and return its card, which loads nothing from the other site until a visitor asks."""
        self.embeds.append(Embed(embed.provider, embed.id, embed.url, line or self.line))
        title = "" if _FURNITURE.fullmatch(title.strip()) else title.strip()
        name = title or self._name_by_surroundings(embed) or embed.url
        return (
            f'<figure class="embed" data-provider="{embed.provider}" data-embed="{escape(embed.id)}"'
            f' data-frame="{escape(PROVIDERS[embed.provider].frame(embed.id))}">'
            f'<a href="{escape(embed.url)}">{self._still_html(embed)}{escape(name)}</a></figure>'
        )

    def _still_html(self, embed: Embed) -> str:
        """Return our copy of the picture of a video; "" if there is none. Its name stands beside it."""
        address = PROVIDERS[embed.provider].still(embed.id)
        source = self.resolver.image(address) if address and self.resolver else None
        if not source:
            return ""
        return f'<img src="{escape(source.url)}" alt="" width="{source.width}" height="{source.height}" loading="lazy">'

    def _name_by_surroundings(self, embed: Embed) -> str:
        """Return what was said last, or the heading, numbered if a player before is called so; "" without either."""
        is_said_of_it = self.said_of in (False, (embed.provider, embed.id))
        name = self.said if is_said_of_it else self.headings[-1].text if self.headings else ""
        if len(name) > LONGEST_NAME:
            name = name[: LONGEST_NAME - 1].rstrip() + "…"
        if not name:
            return ""
        self.player_names[name] += 1
        count = self.player_names[name]
        return f"{name} ({count})" if count > 1 else name


def is_ours(id: str) -> bool:
    return id in OUR_IDS or bool(OUR_ID.fullmatch(id))


def _renamed(id: str) -> str:
    return f"anchor-{id}" if is_ours(id) else id
