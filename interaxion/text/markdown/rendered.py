"""What rendering gives: HTML, text, and an outline of everything found on the way."""

from dataclasses import dataclass
from typing import Literal, Protocol

# Show notes have times in their headings, in a course chapter every line break counts.
Dialect = Literal["notes", "post", "chapter"]


@dataclass(frozen=True)
class Heading:
    """A heading. `text` and `html` are without the time that notes begin a heading with; `starts_at` is in
    seconds, and only in notes; a `folded` one stands inside <details>, a list or a quotation."""

    level: int
    text: str
    html: str
    anchor: str
    starts_at: int | None
    line: int
    folded: bool = False


@dataclass(frozen=True)
class RenderedLink:
    """`anchor` is that of the heading the link stands under, "" before the first and in footnotes; `item` the number
    that readers see before the item of the list around it, None outside of numbered lists; `lead` what its paragraph or
    list item says before it, in one line, of a long one the end."""

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
    """A player or quotation of another site: `url` is the page that a visitor can open instead."""

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


#: The one problem that means a loss: readers do not see what the author wrote.
LOST_TEXT = "This text is left out together with the tag around it: %s"


@dataclass(frozen=True)
class RenderWarning:
    """Something the author should know. `message_id` is a sentence to translate, `detail` fills its %s."""

    line: int
    message_id: str
    detail: str

    @property
    def message(self) -> str:
        return self.message_id.replace("%s", self.detail)


@dataclass(frozen=True)
class Outline:
    """Everything found in the source, in its order. Lines count from 1."""

    headings: tuple[Heading, ...]
    links: tuple[RenderedLink, ...]
    images: tuple[Image, ...]
    embeds: tuple[Embed, ...]
    formulas: tuple[Formula, ...]
    code_blocks: tuple[CodeBlock, ...]


@dataclass(frozen=True)
class Rendered:
    """Safe HTML, its plain text (a block a line), the outline, and what the author should know."""

    html: str
    text: str
    outline: Outline
    warnings: tuple[RenderWarning, ...]


@dataclass(frozen=True)
class ImageSource:
    """Where a picture really is; `srcset` as HTML writes it, "" for none."""

    url: str
    width: int
    height: int
    srcset: str = ""


#: What a resolver answers for a picture that should be here and is not.
MISSING = ImageSource("", 0, 0)


class Resolver(Protocol):
    """Answers what the source alone cannot know. None: leave it as written."""

    def image(self, src: str) -> ImageSource | None:
        """Where the picture is, or MISSING."""

    def link(self, href: str) -> str | None: ...

    def diagram(self, source: str) -> ImageSource | None:
        """The drawing of a Mermaid source."""
