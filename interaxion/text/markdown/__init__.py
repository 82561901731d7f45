"""Markdown as show notes, posts and chapters write it, to safe HTML, plain text and an outline.

Pure: the same source gives the same result, and nothing here knows Django. `pipeline` reads as the list of
steps; `dialect` names what our Markdown adds to CommonMark, a module each.
"""

from interaxion.text.markdown.pipeline import (
    RENDER_VERSION,
    kramdown_id,
    plain_text,
    render,
    render_inline,
)
from interaxion.text.markdown.rendered import (
    MISSING,
    CodeBlock,
    Dialect,
    Embed,
    Formula,
    Heading,
    Image,
    ImageSource,
    Outline,
    Rendered,
    RenderedLink,
    RenderWarning,
    Resolver,
)

__all__ = [
    "MISSING",
    "RENDER_VERSION",
    "CodeBlock",
    "Embed",
    "Formula",
    "Heading",
    "Image",
    "ImageSource",
    "Dialect",
    "RenderedLink",
    "Outline",
    "RenderWarning",
    "Rendered",
    "Resolver",
    "kramdown_id",
    "plain_text",
    "render",
    "render_inline",
]
