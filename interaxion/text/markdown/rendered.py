"""The result of rendering: HTML, plain text, and an outline of everything in the source."""

from dataclasses import dataclass
from typing import Literal, Protocol

# In "notes" headings begin with times; in a "chapter" every line break counts.
Dialect = Literal["notes", "post", "chapter"]


@dataclass(frozen=True)
class Heading:
    """A heading. `text` and `html` are without the time at its beginning; `starts_at` is that time in seconds, and None
    outside of notes; a `folded` heading is inside <details>, a list or a quotation."""

    level: int
    text: str
    html: str
    anchor: str
    starts_at: int | None
    line: int
    folded: bool = False


@dataclass(frozen=True)
class RenderedLink:
    """A link and its place.

    `anchor` is that of the heading above it, "" before the first heading and in footnotes. `item` is the number of its
    item in a numbered list as readers see it, else None. `lead` is the text before it in its paragraph or list item, in
    one line; only the end of a long text.
    """

    url: str
    text: str
    line: int
    anchor: str
    item: int | None = None
    lead: str = ""


@dataclass(frozen=True)
class Image:
    src: str
    alt: str
    line: int


@dataclass(frozen=True)
class Embed:
    """A player or post of another site. `url` is the page that a visitor can open instead."""

    provider: str
    id: str
    url: str
    line: int = 0


@dataclass(frozen=True)
class Formula:
    tex: str
    display: bool
    line: int


@dataclass(frozen=True)
class CodeBlock:
    language: str
    line: int


#: The only warning about a loss: readers do not see a text that the author wrote.
LOST_TEXT = "This text is left out together with the tag around it: %s"

#: Players of other sites that no page of ours loads.
LINKED_PLAYER = "The player %s is none that is known here: it is shown as a link."

#: A diagram that is no Mermaid, or that the drawing library does not know.
UNDRAWN_DIAGRAM = "This diagram cannot be drawn and is shown as code: %s"

#: A table that would cost too much stays as it is written.
TOO_MANY_CELLS = "The rows of this table have too few cells: it is shown as it is written."


@dataclass(frozen=True)
class RenderWarning:
    """A problem that the author should know. `message_id` is a sentence to translate, `detail` replaces its %s."""

    line: int
    message_id: str
    detail: str

    @property
    def message(self) -> str:
        return self.message_id.replace("%s", self.detail)


@dataclass(frozen=True)
class Outline:
    """Everything found in the source, in its order. Lines are counted from 1."""

    headings: tuple[Heading, ...]
    links: tuple[RenderedLink, ...]
    images: tuple[Image, ...]
    embeds: tuple[Embed, ...]
    formulas: tuple[Formula, ...]
    code_blocks: tuple[CodeBlock, ...]


@dataclass(frozen=True)
class Rendered:
    """Safe HTML, its plain text (one line per block), the outline, and warnings for the author."""

    html: str
    text: str
    outline: Outline
    warnings: tuple[RenderWarning, ...]


@dataclass(frozen=True)
class ImageSource:
    """The URL of a picture and its size in pixels; `srcset` as in HTML, "" for none."""

    url: str
    width: int
    height: int
    srcset: str = ""


#: The answer of a resolver for a picture that should be on this site and is not.
MISSING = ImageSource("", 0, 0)


@dataclass(frozen=True)
class Undrawn:
    """The answer of a resolver for a diagram that cannot be drawn, with the reason in the words of what draws."""

    reason: str


class Resolver(Protocol):
    """Looks up facts that are not in the source. None as an answer: leave it as written."""

    def image(self, src: str) -> ImageSource | None:
        """Return the source of a picture, or MISSING."""

    def link(self, href: str) -> str | None:
        """Return our own URL for the target of a link."""

    def diagram(self, source: str) -> ImageSource | Undrawn | None:
        """Return the drawing of a Mermaid source."""
