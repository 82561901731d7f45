"""Rendering the Markdown of show notes, posts and chapters to safe HTML, plain text and an outline.

The same source always gives the same result. `pipeline` is the list of steps; `dialect` lists our additions to
CommonMark, which have a module each in `syntax`; `html` holds the steps after parsing.
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
    Undrawn,
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
    "Undrawn",
    "kramdown_id",
    "plain_text",
    "render",
    "render_inline",
]
